import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import type { ComponentPackage } from '../components/model/package.ts';
import { dataFile } from '../data-files.ts';
import { BuildError } from '../errors.ts';
import { hashFile, listFiles } from '../payload/cache/files.ts';
import { productSources } from '../product/outline.ts';
import type { Built } from '../provenance/statement.ts';

/** A file that a package is made from. */
export interface SourceFile {
  readonly path: string;
  /** The same on every machine: from the root of this program, or from the product file of a component outside of it. */
  readonly name: string;
}

/** The files that a package is made from besides the payload: its product file, those that it names, and those of its component. */
export async function packageSources(
  product: Pick<ComponentPackage, 'name' | 'file' | 'sources'>,
): Promise<readonly SourceFile[]> {
  const paths = [...(await productSources(product.file())), ...((await product.sources?.()) ?? [])];
  return paths.map((path) => ({ path, name: nameOf(path, product) }));
}

function nameOf(path: string, { name, file }: Pick<ComponentPackage, 'name' | 'file'>): string {
  const inProgram = relative(dataFile(), path);
  return inProgram.startsWith('..') ? `${name}/${relative(dirname(file()), path)}` : inProgram;
}

/** Throws BuildError where a file of a package is not the one whose hash stands beside it. */
export async function assertUnchanged(sources: readonly SourceFile[]): Promise<void> {
  for (const { path, name } of sources) {
    const beside = await readFile(`${path}.sha256`, 'utf8').catch(() => undefined);
    if (beside === undefined) continue;
    const expected = beside.slice(0, 64);
    const { sha256 } = await hashFile(path);
    if (sha256 !== expected)
      throw new BuildError(
        `${name} has SHA-256 ${sha256}, not ${expected}`,
        `bring the file again, or make it with build.sh beside it`,
      );
  }
}

/** Digests of the files that go into a package or decide its bytes. */
export async function sourceDigests(sources: readonly SourceFile[]): Promise<readonly Built[]> {
  return Promise.all(
    [...sources, ...(await programFiles())].map(async ({ name, path }) => ({
      name,
      sha256: (await hashFile(path)).sha256,
    })),
  );
}

/** The files of the program that decide the bytes of a package: the one bundle, or the sources of the builders. */
async function programFiles(): Promise<readonly SourceFile[]> {
  if (typeof __filename === 'string' && __filename.endsWith('.cjs'))
    return [{ path: __filename, name: relative(dataFile(), __filename) }];
  const folders = ['build', 'components', 'msi', 'payload', 'product', 'provenance', 'render'];
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await listFiles(dataFile('src', folder))).map((file) => `src/${folder}/${file}`),
    ),
  );
  return files.flat().map((name) => ({ name, path: dataFile(...name.split('/')) }));
}
