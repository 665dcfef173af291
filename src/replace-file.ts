import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileError } from './errors.ts';

/** What Windows says while another program, such as a virus scanner, has one of the two files open. */
const inUse: ReadonlySet<string> = new Set(['EACCES', 'EBUSY', 'EPERM']);
/** Milliseconds between two tries, and tries: a scanner is done with a file within seconds. */
const pauseMs = 100;
const maxTries = 100;

/** Renames a file, over one that is there. On Windows it is tried again while one of the two is in use. Throws what `rename` throws. */
export async function replaceFile(
  from: string,
  to: string,
  { platform = process.platform as string, move = rename } = {},
): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      return await move(from, to);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (platform !== 'win32' || !inUse.has(code) || tries >= maxTries) throw error;
      await sleep(pauseMs);
    }
}

/**
 * Writes a file whole or not at all: beside its place, then renamed over what is there. Nothing is left beside it. `mode` is that of the
 * file. Throws FileError with the path and what to do.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { mode = 0o666 }: { readonly mode?: number } = {},
): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await writeFile(aside, content, { mode, flag: 'wx' });
    await replaceFile(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    throw fileError(path, error);
  }
}

/** What the system says of a file that cannot be written, and what to do. */
const reasons: Readonly<Record<string, readonly [message: string, remedy: string]>> = {
  EACCES: ['permission denied', 'Give the user of oriel the right, or name another place.'],
  EDQUOT: ['the quota of the disk is used up', 'Make room, and run again.'],
  EEXIST: ['something else is in its place', 'Move it away, and run again.'],
  EFBIG: ['it would be larger than a file may be', 'Raise the limit (ulimit -f), or name another place.'],
  EISDIR: ['is a directory and no file', 'Move it away, and run again.'],
  ENOSPC: ['the disk is full', 'Make room, and run again.'],
  ENOTDIR: ['a part of its path is a file and no directory', 'Move that file away, or name another place.'],
  ENOTEMPTY: ['is a directory and no file', 'Move it away, and run again.'],
  EPERM: ['the system does not allow it', 'Give the user of oriel the right, or name another place.'],
  EROFS: ['the file system is read-only', 'Mount it for writing, or name another place.'],
};

/** An error of the system as a FileError about `path`; any other error as it is. Node leaves the path out where a disk is full. */
export function fileError(path: string, error: unknown): unknown {
  const { code = '' } = Object(error) as NodeJS.ErrnoException;
  const [message, remedy] = reasons[code] ?? [];
  return message === undefined
    ? error
    : new FileError(path, `cannot be written: ${message}`, remedy, { cause: error });
}
