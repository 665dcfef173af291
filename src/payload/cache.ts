import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where fetched and unpacked things are kept: `ORIEL_CACHE`, or `oriel` below the user's cache folder. */
export function cacheDirectory(): string {
  const { ORIEL_CACHE, XDG_CACHE_HOME } = process.env;
  return ORIEL_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'oriel');
}

/** An empty folder below `cache` for the time of `work`; it is gone afterwards, whatever happens. */
export async function withScratch<T>(cache: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'scratch-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Moves a finished file or folder to its place in one step; what is there is replaced. */
export async function publish(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rm(to, { recursive: true, force: true });
  await rename(from, to);
}
