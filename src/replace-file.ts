import { rename } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

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
