import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError, writeWhole } from '../replace-file.ts';
import { Secret } from '../secret.ts';
import type { RenderedFile } from './rendered.ts';
import { noFile, unifiedDiff } from './unified.ts';

export type WriteResult = 'created' | 'changed' | 'unchanged';

/** A rendered file beside what its folder holds under its name. */
export interface ComparedFiles {
  readonly file: RenderedFile;
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
  readonly state: WriteResult;
}

/** Holds the files against those in `folder`. With `reveal` the real text is compared, else the one with secrets masked. */
export async function compareFiles(
  files: readonly RenderedFile[],
  folder: string,
  { reveal }: { reveal: boolean },
): Promise<readonly ComparedFiles[]> {
  return Promise.all(
    files.map(async (file) => {
      const path = join(folder, file.name);
      const before = await readIfThere(path);
      const after = reveal && file.content instanceof Secret ? file.content.reveal() : file.shown;
      const state = before === undefined ? 'created' : before === after ? 'unchanged' : 'changed';
      return { file, path, before, after, state };
    }),
  );
}

/**
 * Writes what differs, whole or not at all, and leaves the rest untouched. `mode` is that of new files: 0o600 where they hold
 * secrets.
 */
export async function writeFiles(compared: readonly ComparedFiles[], mode: number): Promise<void> {
  for (const { path, after, state } of compared) {
    if (state === 'unchanged') continue;
    await mkdir(join(path, '..'), { recursive: true }).catch((error: unknown) => {
      throw fileError(path, error);
    });
    await writeWhole(path, after, { mode });
  }
}

/** What writing would change, as a unified diff with secrets hidden on both sides. */
export function diffOf({ file, path, before }: ComparedFiles): string {
  const from = before === undefined ? noFile : { path, label: 'as it is' };
  return unifiedDiff(file, before, { from, to: { path, label: 'rendered' } });
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fileError(path, error);
  }
}
