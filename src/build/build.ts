import { mkdir } from 'node:fs/promises';
import type { Component } from '../components/model/component.ts';
import type { ComponentPackage } from '../components/model/package.ts';
import { InternalError } from '../errors.ts';
import type { Emit } from '../events/events.ts';
import type { Signer } from '../msi/sign/signer.ts';
import { sha256 } from '../payload/cache/files.ts';
import type { matchAdvisories } from '../payload/lock/advisories.ts';
import {
  type PayloadInputs,
  type PayloadRequest,
  readPayloadInputs,
  resolvePayload,
} from '../payload/resolve.ts';
import type { PackageSettings } from '../site/deployment.ts';
import { advise } from './advise.ts';
import { type BuiltPackage, readIntact } from './built.ts';
import { packageDocuments, parametersOf } from './documents.ts';
import { makePackage } from './make-package.ts';
import { packageParts } from './parts.ts';
import { assertUnchanged, packageSources, type SourceFile, sourceDigests } from './sources.ts';
import { writeDocuments } from './write-documents.ts';

export interface BuildSettings {
  /** Folder for the package and what describes it. */
  readonly out: string;
  readonly cache: string;
  readonly emit: Emit;
  readonly signer?: Signer;
  /** A report of `pip-audit --format json`. */
  readonly advisories?: string;
}

export interface BuildResult extends Partial<ReturnType<typeof matchAdvisories>> {
  readonly built: BuiltPackage;
  /** Whether it was there, made from the same. */
  readonly unchanged: boolean;
}

/**
 * Builds the package of a component for the release of a deployment, unless it is there and made from the same. Throws BuildError, and
 * InputError for its product file.
 */
export async function buildPackage(
  component: Pick<Component, 'name' | 'package'>,
  deployment: PackageSettings,
  settings: BuildSettings,
): Promise<BuildResult> {
  const product = component.package;
  if (!product) throw new InternalError(`${component.name} has no package`);
  const { out, cache, emit, signer, advisories } = settings;
  const { release, payload, directory } = deployment;
  const folder = product.payload?.();
  const request = folder === undefined ? undefined : { folder, release, payload, directory, cache, emit };
  const parts = request && (await readPayloadInputs(request));
  const found = advisories !== undefined && parts ? await advise(parts, advisories, emit) : {};
  const sources = await packageSources(product);
  const inputs = await buildDigest({ product, deployment, signer, parts, sources });
  const before = await readIntact(product, deployment, out);
  const unchanged = before?.inputs === inputs;
  const job = { product, deployment, settings, inputs, sources };
  const built = unchanged && before ? before : await make(job, request && parts && { request, parts });
  const { name, path, bytes } = built;
  emit({ kind: 'artifact-made', name, path, sha256: built.sha256, bytes, unchanged });
  return { built, unchanged, ...found };
}

interface Job {
  readonly product: ComponentPackage;
  readonly deployment: PackageSettings;
  readonly settings: BuildSettings;
  /** Digest of all that the package is made from. */
  readonly inputs: string;
  readonly sources: readonly SourceFile[];
}

async function make(
  { product, deployment, settings, inputs, sources }: Job,
  python: { readonly request: PayloadRequest; readonly parts: PayloadInputs } | undefined,
): Promise<BuiltPackage> {
  const { out, signer } = settings;
  await assertUnchanged(sources);
  const tree = python && (await resolvePayload(python.request));
  await mkdir(out, { recursive: true });
  const built = await makePackage(product, deployment, { ...settings, signer, tree, inputs: python?.parts });
  const payload = python && tree && { request: python.request, inputs: python.parts, tree };
  const documents = packageDocuments({
    ...built,
    product,
    deployment,
    ...(signer && { signer }),
    ...(tree && { tree }),
    inputs,
    contents: await packageParts(product.parts ?? [], sources, payload),
    sources: await sourceDigests(sources),
  });
  await writeDocuments(out, built.artifact, documents);
  return { ...built.artifact, inputs };
}

/** Everything that a package depends on: what the payload and the product are made from, the settings, and this program. */
async function buildDigest({
  product,
  deployment,
  signer,
  parts,
  sources,
}: Pick<Job, 'product' | 'deployment' | 'sources'> & {
  readonly signer: Signer | undefined;
  readonly parts: PayloadInputs | undefined;
}): Promise<string> {
  const hashes = (await sourceDigests(sources)).flatMap(({ name, sha256: hash }) => [name, hash]);
  const { language } = product;
  const chosen = [
    ...[parametersOf(product, deployment, signer), product.variables?.(deployment)],
    ...(language === undefined ? [] : [language]),
  ];
  return sha256(JSON.stringify([parts?.key, chosen, signer?.program, hashes]));
}
