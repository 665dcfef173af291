import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { placeOf } from './finding.ts';
import type { Located } from './located.ts';
import type { KeyPath } from './rule.ts';

/** Absolute path on the controller of a path as written at a key: `~` is the home, relative ones begin at the file that holds the key. */
export function controllerPath(root: Located, at: KeyPath, written: string): string {
  if (/^~($|[\\/])/.test(written)) return join(homedir(), written.slice(1));
  return resolve(dirname(placeOf(root, at).file), written);
}

/** Whether a place for wheels or archives is on the network rather than on the controller. */
export function isUrl(written: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(written);
}
