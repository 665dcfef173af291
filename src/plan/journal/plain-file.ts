import { stat } from 'node:fs/promises';
import { FileError } from '../../errors.ts';

/** Throws FileError where something that is no file stands in its place: to open a pipe is to wait for who writes to it. */
export async function assertPlainFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (found && !found.isFile())
    throw new FileError(
      path,
      found.isDirectory() ? 'is a directory and no file' : 'is no plain file',
      'Move it away, and run again.',
    );
}
