import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { fileError, writeWhole } from '../replace-file.ts';
import { Secret } from '../secret.ts';
import type { RenderedFile } from './rendered.ts';

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

/** The difference as a unified diff without carriage returns; what may be a secret is masked on both sides. */
export function unifiedDiff({ file, path, before, after }: ComparedFiles): string {
  const secret = secretKeys(file.shown);
  const lines = (text = '') =>
    text
      .replaceAll('\r\n', '\n')
      .split('\n')
      .map((line) => masked(line, secret));
  const [old, now] = [lines(before).join('\n'), lines(after).join('\n')];
  if (old === now) return `${path}: only secrets or line ends differ\n`;
  const from = before === undefined ? '/dev/null' : path;
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(from, path, old, now, undefined, undefined, options);
}

/** Names of the lines in which a secret stands. */
function secretKeys(shown: string): ReadonlySet<string> {
  const lines = shown.split('\r\n').filter((line) => line.includes('[secret:'));
  return new Set(lines.map(keyOf));
}

/** The file in the folder may be an older one with other secrets in it, so names and URLs that look like one count as well. */
function masked(line: string, secret: ReadonlySet<string>): string {
  const key = keyOf(line);
  if (line.includes('[secret:')) return line;
  if (secret.has(key) || /pass|secret|token|key$|transport_url/i.test(key)) return `${key} = [secret]`;
  return line.replace(/(:\/\/[^\s:@/]*:)[^\s@]+@/, '$1[secret]@');
}

const keyOf = (line: string): string => line.slice(0, Math.max(0, line.indexOf(' = ')));

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fileError(path, error);
  }
}
