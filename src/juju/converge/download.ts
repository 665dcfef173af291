import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BuildError } from '../../errors.ts';
import { hashFile } from '../../payload/cache/files.ts';

/** Milliseconds; a hook that hangs blocks its machine. */
const timeoutMs = 15 * 60_000;

/**
 * Brings a file to a folder, named by its SHA-256, and gives its path; one that is there already is not asked for again. Throws BuildError
 * where the server refuses, takes too long, or sends something else; it names the options `OPTION-url` and `OPTION-sha256`.
 */
export async function download(option: string, url: string, sha256: string, folder: string): Promise<string> {
  const path = join(folder, sha256);
  if ((await hashFile(path).catch(() => undefined))?.sha256 === sha256) return path;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok || !response.body) throw new BuildError(`the server answered ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(part, { mode: 0o600 }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BuildError(`${option}-url cannot be read: ${reason}`, 'see that the unit reaches it', {
      cause: error,
    });
  }
  const found = await hashFile(part);
  if (found.sha256 !== sha256)
    throw new BuildError(
      `${option}-url has SHA-256 ${found.sha256.slice(0, 12)}..., and ${option}-sha256 says ${sha256.slice(0, 12)}...`,
      'set the one that the publisher names',
    );
  await rename(part, path);
  return path;
}
