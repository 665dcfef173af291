import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFile } from '../../data-files.ts';
import { BuildError } from '../../errors.ts';
import type { CharmFile } from './archive.ts';

/** What oriel needs beside its program to deploy, and to build a package from a payload bundle. */
const folders = ['agent', 'msi', 'templates'];
const single = ['package.json', 'LICENSE'];

/** The program and its data, by their paths below its folder in a charm. Throws BuildError where there is no program in one file. */
export async function programFiles(program = programFile()): Promise<ReadonlyMap<string, CharmFile>> {
  const files = new Map<string, CharmFile>();
  files.set('oriel.cjs', { data: await readFile(program) });
  for (const name of single) files.set(name, { data: await readFile(dataFile(name)) });
  for (const folder of folders)
    for (const path of await filesBelow(dataFile(folder)))
      files.set(`${folder}/${path}`, { data: await readFile(dataFile(folder, path)) });
  return files;
}

/** The running program, where it is one file; else the one that `npm run build` has made. */
function programFile(): string {
  const own = typeof __filename === 'string' ? __filename : '';
  const file = own.endsWith('.cjs') ? own : dataFile('dist', 'oriel.cjs');
  if (existsSync(file)) return file;
  throw new BuildError(
    `${file} is missing: a charm holds the program in one file`,
    'Run npm run build first.',
  );
}

/** Relative paths, with slashes; without what Python leaves behind. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !/(^|\/)__pycache__\//.test(path));
}
