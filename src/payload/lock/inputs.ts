import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { dataFile } from '../../data-files.ts';
import { BuildError } from '../../errors.ts';
import type { Release } from '../../site/deployment.ts';
import { normalizeName } from './lockfile.ts';

const reason = z.string().min(1);
const releases = z.array(z.string()).optional();
const overridesSchema = z.strictObject({
  overrides: z.array(z.strictObject({ requirement: z.string(), reason, releases })),
  sdists: z.array(z.strictObject({ name: z.string(), reason, releases })),
  moved: z.array(z.strictObject({ name: z.string(), version: z.string(), reason, releases })),
});
const runtimesSchema = z.strictObject({
  python: z.record(z.string(), z.string()),
  maven: z.record(z.string(), z.strictObject({ sha256: z.string(), bytes: z.number() })),
});

/** All that a lock is made from. */
export interface LockInputs {
  readonly release: Release;
  /** `3.11`. */
  readonly python: string;
  readonly requirements: string;
  readonly constraints: string;
  readonly overrides: readonly string[];
  /** Normalized names of the packages that are built from source archives. */
  readonly sdists: readonly string[];
  /** Hash-locked tools that build them. */
  readonly buildLock: string;
}

/** Path of a file that the payloads of all components share. */
export function payloadPath(...parts: readonly string[]): string {
  return dataFile('msi', 'payload', ...parts);
}

/** Path of the upper constraints of a release. */
export function constraintsOf(release: Release): string {
  return payloadPath('constraints', `${release}.txt`);
}

/** Path of the lock of a release in the folder of a component's payload. */
export function lockPath(folder: string, release: Release): string {
  return join(folder, `${release}.lock.txt`);
}

/** Reads what the lock of `release` in `folder` is made from. Throws BuildError for a release that has no payload. */
export async function readLockInputs(folder: string, release: Release): Promise<LockInputs> {
  const python = (await readRuntimes()).python[release];
  if (!python)
    throw new BuildError(
      `there is no payload for release ${release}`,
      'name a Python for it in msi/payload/runtimes.json, see docs/reference/packages/payload.md',
    );
  const [requirements, pins, buildLock, yaml] = await Promise.all(
    [
      join(folder, `${release}.in`),
      constraintsOf(release),
      payloadPath('build.lock.txt'),
      join(folder, 'overrides.yaml'),
    ].map((path) => readFile(path, 'utf8')),
  );
  const data = overridesSchema.parse(load(yaml ?? ''));
  const here = <T extends { readonly releases?: readonly string[] | undefined }>(entries: readonly T[]) =>
    entries.filter((entry) => !entry.releases || entry.releases.includes(release));
  const moved = new Map(here(data.moved).map(({ name, version }) => [normalizeName(name), version]));
  return {
    release,
    python,
    requirements: requirements ?? '',
    constraints: movePins(pins ?? '', moved),
    overrides: here(data.overrides).map(({ requirement }) => requirement),
    sdists: here(data.sdists).map(({ name }) => normalizeName(name)),
    buildLock: buildLock ?? '',
  };
}

/** The known Python runtimes: the Python minor of each release, and the SHA-256 of each Maven artifact. */
export async function readRuntimes(): Promise<z.infer<typeof runtimesSchema>> {
  return runtimesSchema.parse(JSON.parse(await readFile(payloadPath('runtimes.json'), 'utf8')));
}

/** Each line of a moved package pins the other version; its marker goes, as the payload has one Python. */
function movePins(constraints: string, versions: ReadonlyMap<string, string>): string {
  return constraints
    .split('\n')
    .map((line) => {
      const name = /^[A-Za-z0-9._-]+/.exec(line)?.[0] ?? '';
      const version = versions.get(normalizeName(name));
      return version ? `${name}===${version}` : line;
    })
    .join('\n');
}
