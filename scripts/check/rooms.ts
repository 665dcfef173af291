import { dirname } from 'node:path';
import type { Check, Finding } from './check.ts';
import { trackedFiles } from './tracked-files.ts';

const most = 15;

/** Folders of `src` and `agent` of a size that one can see: at most 15 files. */
export const rooms: Check = {
  name: 'rooms',
  run: async (root) => roomFindings(await trackedFiles(root)),
};

/** One finding for each folder below `src` and `agent` that holds more files than one can see. */
export function roomFindings(files: readonly string[]): readonly Finding[] {
  const counts = new Map<string, number>();
  for (const file of files)
    if (/^(src|agent)\//.test(file)) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > most)
    .map(([folder, count]) => ({
      file: folder,
      message: `has ${count} files, more than ${most}; part it by purpose`,
    }));
}
