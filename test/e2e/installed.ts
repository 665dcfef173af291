import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from './world.ts';

export type Pythons = readonly (readonly [string, number])[];

/** The installed `python.exe` of each node with the time of its last change (of its data or its name). */
export async function pythons({ sandbox }: World): Promise<Pythons> {
  const nodes = join(sandbox, 'nodes');
  const files = await readdir(nodes, { recursive: true });
  const found = files
    .filter((file) => /^glance-\d\/(?!.*dosdevices).*\/python\/python\.exe$/i.test(file))
    .sort();
  return Promise.all(found.map(async (file) => [file, (await stat(join(nodes, file))).ctimeMs] as const));
}

/** The environment of a process; nothing where it has ended or is of others. */
export async function environmentOf(pid: string): Promise<string> {
  return readFile(join('/proc', pid, 'environ'), 'latin1').catch(() => '');
}
