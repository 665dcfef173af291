import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  type BootedPrefix,
  bootPrefix,
  clonePrefix,
  ensureTemplate,
  stopPrefix,
  wineAvailable,
} from '../../../src/sandbox/wine/prefix.ts';

export const hasWine = (await wineAvailable()) !== undefined;

export const template = () => ensureTemplate(join(import.meta.dirname, '../../../.oriel/cache'));

export interface TestPrefix {
  readonly prefix: string;
  readonly drive: string;
  readonly end: () => Promise<void>;
}

/** A fresh prefix in a temporary folder; `end` leaves nothing of it. */
export async function makePrefix(): Promise<TestPrefix> {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-wine-'));
  const prefix = join(folder, 'prefix');
  await clonePrefix(await template(), prefix);
  const end = async () => {
    await stopPrefix(prefix);
    await rm(folder, { recursive: true, force: true });
  };
  return { prefix, drive: join(prefix, 'drive_c'), end };
}

/** The same, booted. */
export async function bootedPrefix(): Promise<TestPrefix & BootedPrefix> {
  const made = await makePrefix();
  return { ...made, ...(await bootPrefix(made.prefix)) };
}
