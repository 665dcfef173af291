import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { z } from 'zod';
import { listFiles, removeEmptyFolders } from '../cache/files.ts';

const site = 'lib/site-packages';
const staySchema = z.strictObject({
  stay: z.array(z.strictObject({ name: z.string(), reason: z.string().min(1) })),
});

/** Names of the modules and packages that must be files of their own (`zip.json`). */
export async function readStayingModules(file: string): Promise<readonly string[]> {
  return staySchema.parse(JSON.parse(await readFile(file, 'utf8'))).stay.map(({ name }) => name);
}

/** A source file of the payload: where it is now, and its path in the zip file when it goes there. */
export interface Module {
  readonly path: string;
  readonly zipped?: string;
}

/**
 * Which Python files of a tree go into one zip file: whole modules and packages that are nothing but Python, so that neither data
 * files nor native code are looked for beside them. Windows asks the file system for each module otherwise, in each folder of the path.
 */
export function planModules(files: readonly string[], staying: readonly string[]): readonly Module[] {
  const groups = new Map<string, string[]>();
  for (const path of files) {
    const root = path.startsWith(`${site}/`) ? site : 'lib';
    const [entry] = path.slice(root.length + 1).split('/');
    if (!path.startsWith('lib/') || !entry) continue;
    groups.set(`${root}/${entry}`, [...(groups.get(`${root}/${entry}`) ?? []), path]);
  }
  const names = [...groups.keys()].map(moduleName);
  return [...groups].flatMap(([top, paths]) => {
    const name = moduleName(top);
    const alone = names.indexOf(name) === names.lastIndexOf(name);
    const root = top.slice(0, top.lastIndexOf('/') + 1);
    const zipped = alone && !staying.includes(name) && isPure(top, paths);
    return paths
      .filter((path) => zipped || path.endsWith('.py'))
      .map((path) => (zipped ? { path, zipped: path.slice(root.length) } : { path }));
  });
}

/** A namespace package (without `__init__`) is found on disk only. */
function isPure(top: string, paths: readonly string[]): boolean {
  const isPackage = !/\.pyc?$/.test(top);
  return (
    paths.every((path) => /\.pyc?$/.test(path)) &&
    (!isPackage || paths.some((path) => /^\/__init__\.pyc?$/.test(path.slice(top.length))))
  );
}

/** What `import` would call it; a file that is not a module keeps its whole name. */
function moduleName(top: string): string {
  const base = top.slice(top.lastIndexOf('/') + 1);
  return /^([^.]+)(\.cp\d+-win_amd64)?(\.(py|pyc|pyd))?$/.exec(base)?.[1] ?? base;
}

/**
 * Moves the zipped modules of the tree at `root`, with bytecode beside them, into the file `name`. Stored, not compressed: the
 * package compresses them together, and a start reads them faster.
 */
export async function zipModules(root: string, name: string, modules: readonly Module[]): Promise<void> {
  const entries: Zippable = {};
  // fflate writes local time: this is 1980-01-01 00:00, the first that a zip file can hold, in every time zone.
  const options = { level: 0, mtime: new Date(1980, 0, 1) } as const;
  const bytecode = new Set((await listFiles(root)).filter((path) => path.endsWith('.pyc')));
  const paths = modules.flatMap(({ path, zipped }) => {
    if (!zipped) return [];
    const own = { path, zipped };
    return bytecode.has(`${path}c`) ? [own, { path: `${path}c`, zipped: `${zipped}c` }] : [own];
  });
  for (const { path, zipped } of paths.sort((a, b) => (a.zipped < b.zipped ? -1 : 1)))
    entries[zipped] = [await readFile(join(root, path)), options];
  await writeFile(join(root, name), zipSync(entries));
  for (const { path } of paths) await rm(join(root, path));
  await removeEmptyFolders(root);
}
