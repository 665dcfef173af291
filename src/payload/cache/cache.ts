import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where fetched and unpacked things are kept: `ORIEL_CACHE`, or `oriel` below the user's cache folder. */
export function cacheDirectory(): string {
  const { ORIEL_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const own = process.platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME;
  return ORIEL_CACHE || join(own || join(homedir(), '.cache'), 'oriel');
}

const scratchPrefix = 'scratch-';
/** Milliseconds; no build takes a day. */
const abandonedMs = 24 * 3600 * 1000;

/** An empty folder below `cache` for the time of `work`; it is gone afterwards, or after a day where this process was killed. */
export async function withScratch<T>(cache: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const folder = await mkdtemp(join(cache, scratchPrefix));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const folder = join(cache, name);
    if (!name.startsWith(scratchPrefix)) continue;
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > abandonedMs) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Moves a finished file or folder to its place in one step. A folder that another process has put there in the meantime stays:
 * it has the same content, and that process may be reading it.
 */
export async function publish(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && ['ENOTEMPTY', 'EEXIST'].includes(String(error.code))))
      throw error;
  }
}

/** How many of a kind stay besides those that were used just now. */
const maxKept = 2;
/** Milliseconds; a build that still reads a folder marked it later than this. */
const inUse = 3600 * 1000;

/** Marks the folder `name` of `parent` as used now, and removes its neighbours but for the two that were used last. */
export async function keepRecent(parent: string, name: string): Promise<void> {
  const now = Date.now();
  await utimes(join(parent, name), now / 1000, now / 1000);
  const used = await Promise.all(
    (await readdir(parent)).map(async (each) => {
      const folder = join(parent, each);
      return { folder, time: (await stat(folder).catch(() => ({ mtimeMs: now }))).mtimeMs };
    }),
  );
  const old = used.sort((a, b) => b.time - a.time).slice(maxKept);
  for (const { folder, time } of old)
    if (now - time > inUse) await rm(folder, { recursive: true, force: true });
}
