import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { MsiArtifact } from '../artifact.ts';
import type { ComponentPackage } from '../components/model/package.ts';
import { BuildError } from '../errors.ts';
import { hashFile, jsonOf } from '../payload/cache/files.ts';
import type { Deployment } from '../site/deployment.ts';
import { documentNames } from './documents.ts';

const builtSchema = z.object({
  name: z.string(),
  version: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  origin: z.literal('made'),
  productName: z.string(),
  productCode: z.string(),
  upgradeCode: z.string(),
  files: z.number(),
  /** SHA-256 over all that it was made from. */
  inputs: z.string(),
});

export type BuiltPackage = MsiArtifact & { readonly inputs: string };

type PackageName = Pick<ComponentPackage, 'baseName'>;

/**
 * The package that `oriel build` made for the release of `deployment` in the folder `out`; undefined when there is none. Throws
 * BuildError when the package is not the file that its description beside it says.
 */
export async function readBuilt(
  { baseName }: PackageName,
  deployment: Pick<Deployment, 'release'>,
  out: string,
): Promise<BuiltPackage | undefined> {
  const base = resolve(out, baseName(deployment));
  const text = await readFile(`${base}.json`, 'utf8').catch(() => undefined);
  // A description that is torn is none: the package is made anew.
  const built = builtSchema.safeParse(jsonOf(text)).data;
  const path = `${base}.msi`;
  const hash = built && (await hashFile(path).catch(() => undefined));
  if (!built || !hash) return undefined;
  if (hash.sha256 !== built.sha256)
    throw new BuildError(
      `${path} has SHA-256 ${hash.sha256}, but ${built.sha256} was built`,
      'delete it and run `oriel build`; find out who changed it',
    );
  return { ...built, path };
}

/** The same; undefined too for a package that was changed after it was built, or what describes it. */
export async function readIntact(
  named: PackageName,
  deployment: Pick<Deployment, 'release'>,
  out: string,
): Promise<BuiltPackage | undefined> {
  const names = Object.values(documentNames(named.baseName(deployment)));
  const sums = await readFile(join(out, 'SHA256SUMS'), 'utf8').catch(() => '');
  for (const name of names) {
    const hash = (await hashFile(join(out, name)).catch(() => undefined))?.sha256;
    if (hash === undefined || !sums.includes(`${hash}  ${name}\n`)) return undefined;
  }
  try {
    return await readBuilt(named, deployment, out);
  } catch (error) {
    if (error instanceof BuildError) return undefined;
    throw error;
  }
}
