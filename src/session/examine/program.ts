import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { SessionError } from '../../errors.ts';
import type { Layer } from './way.ts';

/** A program of this machine that a way to a node starts. */
export interface NeededProgram {
  /** A path, or a name to be found on the PATH. */
  readonly file: string;
  readonly remedy: string;
}

/** Whether the programs of this machine that a way starts are there. `needed` may throw SessionError where there can be none. */
export function programLayer<Node>(needed: (node: Node) => readonly NeededProgram[]): Layer<Node> {
  return {
    name: 'program',
    async examine(node) {
      try {
        const all = needed(node).map((one) => ({ ...one, path: findProgram(one.file) }));
        const evidence = { programs: all.map(({ file, path }) => path ?? `${file}: not there`) };
        const missing = all.find(({ path }) => path === undefined);
        if (!missing)
          return { verdict: { verdict: 'pass', message: evidence.programs.join(', '), evidence } };
        const where = isAbsolute(missing.file) ? '' : ' on the PATH';
        const message = `this machine has no ${missing.file}${where}`;
        const cause = 'It is not installed here, or elsewhere, or this account may not run it.';
        return { verdict: { verdict: 'fail', message, cause, remedy: missing.remedy, evidence } };
      } catch (error) {
        if (!(error instanceof SessionError)) throw error;
        const { message, remedy } = error;
        return { verdict: { verdict: 'fail', message, ...(remedy !== undefined && { remedy }) } };
      }
    },
  };
}

/** The whole path of a program that this account may run; undefined: there is none. */
function findProgram(file: string): string | undefined {
  const folders = isAbsolute(file) ? [''] : (process.env.PATH ?? '').split(delimiter);
  const endings = process.platform === 'win32' && !/\.\w+$/.test(file) ? ['.exe'] : [''];
  return folders
    .flatMap((folder) => endings.map((ending) => join(folder, `${file}${ending}`)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
