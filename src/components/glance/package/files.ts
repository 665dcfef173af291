import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { dataFile } from '../../../data-files.ts';
import { BuildError } from '../../../errors.ts';
import type { Emit } from '../../../events/events.ts';
import type { MsiFile } from '../../../msi/model/model.ts';
import { hashFile, listFiles } from '../../../payload/cache/files.ts';
import { compileFolder } from '../../../payload/python/bytecode.ts';
import type { PayloadInputs } from '../../../payload/resolve.ts';
import { productSources } from '../../../product/outline.ts';
import type { Release } from '../../../site/deployment.ts';
import { packageTexts } from './texts.ts';

/** Files that packages are made from besides the payload, relative to the program's root; for the digest of a build. */
export async function ownSources(file: string): Promise<readonly string[]> {
  const templates = await listFiles(dataFile('templates', 'glance'));
  const sources = (await productSources(file)).map((path) => relative(dataFile(), path));
  return [...sources, ...templates.map((path) => `templates/glance/${path}`)];
}

/** The configurations that the package carries, as files. */
export function textFiles(release: Release): readonly MsiFile[] {
  return packageTexts(release).map(({ path, text }) => ({
    source: path,
    target: path,
    content: Buffer.from(text),
  }));
}

/** Throws BuildError where a file that the product file names is not the one whose hash stands beside it. */
export async function assertUnchanged(product: string): Promise<void> {
  for (const path of await productSources(product)) {
    const beside = await readFile(`${path}.sha256`, 'utf8').catch(() => undefined);
    if (beside === undefined) continue;
    const expected = beside.slice(0, 64);
    const { sha256 } = await hashFile(path);
    if (sha256 !== expected)
      throw new BuildError(
        `${relative(dataFile(), path)} has SHA-256 ${sha256}, not ${expected}`,
        `bring the file again, or make it with build.sh beside it`,
      );
  }
}

/** Bytecode of the launcher's modules, in the folder `target`; none where this machine has no Python of the payload's minor version. */
export async function launcherBytecode(
  { compiler, inputs }: Pick<PayloadInputs, 'compiler' | 'inputs'>,
  target: string,
  emit: Emit,
): Promise<readonly MsiFile[]> {
  if (!compiler) return [];
  const root = dataFile('msi', 'launcher');
  // The script on top is read as text whatever lies beside it.
  const modules = (await modulesOf('launcher')).filter((path) => path.includes('/'));
  const place = { root, name: 'launcher', modules, target };
  const made = await compileFolder({ compiler, minor: inputs.python, ...place, emit });
  return made.map((path) => ({ source: join(target, path), target: path }));
}

async function modulesOf(folder: string): Promise<readonly string[]> {
  const files = await listFiles(dataFile('msi', folder));
  return files.filter((path) => path.endsWith('.py') && !/^tests?\//.test(path));
}
