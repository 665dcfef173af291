import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check, Finding } from './check.ts';
import { type ImportGraph, readImportGraph } from './import-graph.ts';
import { trackedFiles } from './tracked-files.ts';

const home = 'src/components/glance/';
const registry = 'src/components/index.ts';
/** What only this component knows: its own folder, and the stand-in's simulated one. */
const rooms = [home, 'src/sandbox/simulated/'];
/** Lines elsewhere that may name it, each for a reason that it shows. */
const most = 25;
const root = 'src/windows-root.ts';

/** The program is no house of one tenant: what a component knows stands in its folder, and others ask the registry. */
export const oneHouse: Check = {
  name: 'components',
  async run(folder) {
    const files = (await trackedFiles(folder))
      .filter((file) => file.startsWith('src/') && file.endsWith('.ts'))
      .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
    return [...strangers(readImportGraph(folder)), ...tenantLines(files), ...rootsSpelled(files)];
  },
};

interface Source {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
}

/** Files that import a component and are not the registry. */
export function strangers(graph: ImportGraph): readonly Finding[] {
  return [...graph].flatMap(([file, targets]) => {
    if (file.startsWith(home) || file === registry) return [];
    const found = targets.filter((target) => target.startsWith(home));
    return found.map((target) => ({ file, message: `imports ${target}; ask the registry (${registry})` }));
  });
}

/** The lines that name the component outside its rooms, where they are too many. */
export function tenantLines(files: readonly Source[], limit = most): readonly Finding[] {
  const found = files
    .filter(({ file }) => !rooms.some((room) => file.startsWith(room)))
    .flatMap(({ file, text }) => linesOf({ file, text }, /glance/i));
  const message = `names Glance outside its folder, one of ${found.length} lines, of which there may be ${limit}`;
  return found.length > limit ? found.map((place) => ({ ...place, message })) : [];
}

/** Places that spell the folder of oriel on a node again. */
export function rootsSpelled(files: readonly Source[]): readonly Finding[] {
  return files
    .filter(({ file }) => file !== root)
    .flatMap((one) => linesOf(one, /ProgramData\\+oriel/))
    .map((place) => ({ ...place, message: `spells the folder of oriel on a node; take it from ${root}` }));
}

function linesOf({ file, text }: Source, pattern: RegExp): readonly { file: string; line: number }[] {
  return text.split('\n').flatMap((line, index) => (pattern.test(line) ? [{ file, line: index + 1 }] : []));
}
