import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, sep } from 'node:path';
import { matches } from './pattern.ts';

/** Files that `Include` names: `~` is the home, a relative path begins in ~/.ssh, and `*` and `?` stand for what is there, in order. */
export function includedFiles(pattern: string): readonly string[] {
  const path = homePath(pattern);
  const [root = '', ...names] = (isAbsolute(path) ? path : join(homedir(), '.ssh', path)).split(sep);
  return names.reduce<readonly string[]>(
    (folders, name) =>
      folders.flatMap((folder) => namesIn(folder, name).map((found) => `${folder}${sep}${found}`)),
    [root],
  );
}

/** A path of which `~` is the home. */
export function homePath(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}

function namesIn(folder: string, name: string): readonly string[] {
  if (!/[*?]/.test(name)) return [name];
  try {
    return readdirSync(folder || sep)
      .filter((found) => matches(found, name) && found.startsWith('.') === name.startsWith('.'))
      .sort();
  } catch {
    return [];
  }
}
