import { accessSync, constants, existsSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command, Option } from 'commander';
import { InputError, type Problem } from '../../errors.ts';

/** The site file of a working directory. */
export const defaultSite = 'site.yaml';

/** What a path on the command line is for. `site` and lists of files are left to who loads them, and tells more. */
type Purpose = 'file to read' | 'file to write' | 'folder to write' | 'place to write';

/** Names of arguments that are paths, by what is done with them. */
const purposes: Readonly<Record<string, Purpose>> = {
  file: 'file to read',
  a: 'file to read',
  b: 'file to read',
  product: 'file to read',
  out: 'file to write',
  directory: 'folder to write',
};

/** Options that name what is made; every other `<file>` is read. */
const written = new Set(['out', 'record']);

/**
 * Looks at every path that the user named before the verb begins. Throws InputError with each one that is not what the verb needs:
 * a folder in place of a file, a file in place of a folder or above one, nothing where something is read, a folder that cannot be written.
 */
export function checkPaths(command: Command): void {
  assertSite(command);
  const problems = namedPaths(command).flatMap(({ path, purpose, said }) => {
    const problem = problemOf(path, purpose);
    return problem ? [{ ...problem, message: `${said}${problem.message}` }] : [];
  });
  if (problems.length > 0) throw new InputError(problems);
}

/** Throws InputError where no site file is named and none is in the working directory. */
function assertSite(command: Command): void {
  const index = command.registeredArguments.findIndex((argument) => argument.name() === 'site');
  const site: unknown = command.processedArgs[index];
  if (index < command.args.length || typeof site !== 'string' || existsSync(site)) return;
  throw noSite();
}

/** That no site file is named, and none is in the working directory; `more`: what else would do. */
export function noSite(more = ''): InputError {
  const message = `there is no ${defaultSite} in ${process.cwd()}`;
  const hint = `name the site file, go to its folder (-C FOLDER), or write one: oriel init${more}`;
  return new InputError([{ message, hint }]);
}

interface NamedPath {
  readonly path: string;
  readonly purpose: Purpose;
  /** The option before it. */
  readonly said: string;
}

function namedPaths(command: Command): readonly NamedPath[] {
  const named = command.registeredArguments.flatMap((argument, index): NamedPath[] => {
    const path: unknown = command.processedArgs[index];
    const purpose = purposes[argument.name()];
    return purpose && typeof path === 'string' ? [{ path, purpose, said: '' }] : [];
  });
  const options = command.options.flatMap((option): NamedPath[] => {
    const value: unknown = command.getOptionValue(option.attributeName());
    if (typeof value !== 'string' || command.getOptionValueSource(option.attributeName()) !== 'cli')
      return [];
    const purpose = purposeOf(option);
    return purpose ? [{ path: value, purpose, said: `${option.long} ` }] : [];
  });
  return [...named, ...options];
}

/** By the name that the option gives its value: `<file>`, `<folder>`, or `<path>` where it may be either. */
function purposeOf(option: Option): Purpose | undefined {
  const [, kind] = /<(file|folder|path)>/.exec(option.flags) ?? [];
  const made = written.has(option.attributeName());
  if (kind === 'folder') return 'folder to write';
  if (kind === 'file') return made ? 'file to write' : 'file to read';
  return kind === 'path' && made ? 'place to write' : undefined;
}

function problemOf(path: string, purpose: Purpose): Problem | undefined {
  const found = statOf(path);
  const missing = found === undefined;
  switch (purpose) {
    case 'file to read':
      return missing ? { message: `${path}: there is no file` } : readable(path, found);
    case 'file to write':
      if (found?.isDirectory()) return { message: `${path} is a folder; it must be a file` };
      return missing ? problemAbove(path) : undefined;
    case 'place to write':
      return missing ? problemAbove(path) : undefined;
    case 'folder to write':
      if (found && !found.isDirectory()) return { message: `${path} is a file; it must be a folder` };
      return found ? unwritable(path) : problemAbove(path);
  }
}

/** Nothing is also what is below a file. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function readable(path: string, found: Stats): Problem | undefined {
  if (found.isDirectory()) return { message: `${path} is a folder; it must be a file` };
  return may(path, constants.R_OK) ? undefined : { message: `${path} cannot be read: permission denied` };
}

/** What is missing is made in the nearest folder above that is there. */
function problemAbove(path: string): Problem | undefined {
  let above = dirname(resolve(path));
  while (!existsSync(above) && above !== dirname(above)) above = dirname(above);
  if (!statSync(above).isDirectory())
    return { message: `${path} cannot be made: ${above} is a file`, hint: 'name a place below a folder' };
  return unwritable(above);
}

function unwritable(folder: string): Problem | undefined {
  return may(folder, constants.W_OK)
    ? undefined
    : { message: `${folder} cannot be written: permission denied` };
}

function may(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
