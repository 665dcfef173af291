import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BuildError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { publish, withScratch } from '../cache/cache.ts';
import { hashFile } from '../cache/files.ts';
import { withProgress } from '../cache/progress.ts';
import type { Distribution } from '../lock/distributions.ts';

const maxConcurrent = 6;

/** Writes what the server at `url` answers into the file `target`. Throws BuildError when there is no server or it refuses. */
export async function downloadFile(url: string, target: string): Promise<void> {
  const response = await fetch(url).catch((error: unknown) => {
    // `fetch failed` says nothing; its cause does.
    const cause = error instanceof Error ? error.cause : undefined;
    throw new BuildError(String(cause ?? error), undefined, { cause: error });
  });
  if (!response.ok || !response.body) throw new BuildError(`the server answered ${response.status}`);
  await pipeline(Readable.fromWeb(response.body), createWriteStream(target));
}

/**
 * Brings the files of locked packages into the cache and gives their paths, in the same order. Throws BuildError that names a file
 * that cannot be had or is not the locked one.
 */
export async function bringDistributions(
  distributions: readonly Distribution[],
  { cache, emit }: { readonly cache: string; readonly emit: Emit },
): Promise<readonly string[]> {
  const places = distributions.map(({ sha256, file }) => join(cache, 'files', sha256, file));
  const message = 'bringing the files of the packages';
  await withProgress(emit, 'payload', message, (report) =>
    withScratch(cache, async (scratch) => {
      const waiting = [...distributions.entries()];
      let done = 0;
      const work = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const [index, each] = next;
          await bring(each, places[index] ?? '', scratch);
          report(message, ++done, distributions.length);
        }
      };
      await Promise.all(Array.from({ length: maxConcurrent }, work));
    }),
  );
  return places;
}

async function bring({ file, url, sha256 }: Distribution, place: string, scratch: string): Promise<void> {
  if ((await hashFile(place).catch(() => undefined))?.sha256 === sha256) return;
  const folder = join(scratch, sha256);
  await mkdir(folder, { recursive: true });
  const part = join(folder, file);
  try {
    await downloadFile(url, part);
  } catch (cause) {
    throw new BuildError(
      `cannot fetch ${file}: ${cause instanceof Error ? cause.message : cause}`,
      'check that this machine reaches the package index; or bring the files yourself and name their folder in payload.index',
      { cause },
    );
  }
  const found = await hashFile(part);
  if (found.sha256 !== sha256)
    throw new BuildError(
      `${file} has SHA-256 ${found.sha256}, but ${sha256} is locked; it was not used`,
      'find out who changed the file in the package index',
    );
  await publish(part, place);
}
