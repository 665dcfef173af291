import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Absolute path of a data file that ships beside the program (`msi/...`). The program is either the sources or
 * `dist/oriel.cjs`; both have `msi/glance` in one of the folders above them.
 */
export function dataPath(...parts: readonly string[]): string {
  // The bundle is CommonJS and has no import.meta.
  let folder = import.meta.dirname ?? __dirname;
  while (!existsSync(join(folder, 'msi', 'glance')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, ...parts);
}
