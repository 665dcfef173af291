import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BuildError } from './errors.ts';

/**
 * Absolute path of a file that is shipped with the program: `dataFile('templates', 'clock', 'clock.conf.hbs')`.
 * The root is the nearest folder upwards that holds oriel's package.json. The search starts where the running code is: the
 * folder of dist/oriel.cjs (`__dirname`, also behind the link that npm makes), or of the program that tsx or vitest runs, as
 * an ES module has no `__dirname` and the bundle has no `import.meta`. A copy elsewhere takes package.json with it.
 * Throws BuildError where there is no such folder.
 */
export function dataFile(...parts: readonly string[]): string {
  return join(programRoot(), ...parts);
}

/** Version of this program. */
export function programVersion(): string {
  return JSON.parse(readFileSync(dataFile('package.json'), 'utf8')).version;
}

function programRoot(): string {
  const start = typeof __dirname === 'string' ? __dirname : dirname(realpathSync(process.argv[1] ?? '.'));
  for (let folder = start; ; folder = dirname(folder)) {
    if (isRoot(folder)) return folder;
    if (folder === dirname(folder))
      throw new BuildError(`${start}: no package.json of oriel here or above`, remedy);
  }
}

const remedy =
  "Keep oriel.cjs in its package: templates and option catalogues are found beside it, by the package's root.";

function isRoot(folder: string): boolean {
  const file = join(folder, 'package.json');
  return existsSync(file) && /"name":\s*"oriel"/.test(readFileSync(file, 'utf8'));
}
