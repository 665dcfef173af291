import { execFileSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exitCodeOf, FileError } from '../../src/errors.ts';
import type { Event } from '../../src/events/events.ts';
import { openJournal } from '../../src/plan/journal/journal.ts';
import { readJournal } from '../../src/plan/journal/read-journal.ts';
import { openStateFolder } from '../../src/plan/run/state-folder.ts';
import { describeError } from '../../src/report/error.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';

let directory: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder: directory, remove } = await temporaryFolder());
});
afterEach(() => remove());

const event: Event = {
  time: '2026-01-02T03:04:05.000Z',
  run: 'r',
  kind: 'note',
  level: 'info',
  message: 'm',
};
const words = (error: unknown): string => describeError(error, { debug: false });

describe('in place of a file of the state folder', () => {
  test.each(['journal.jsonl', 'lock', 'salt'])(
    'of %s a directory or a pipe is told, and waited for by nobody',
    async (name) => {
      const path = join(directory, '.oriel', 'images', name);
      await mkdir(path, { recursive: true });
      const open = (): Promise<unknown> =>
        openStateFolder({ directory, name: 'images' }).catch((error: unknown) => error);
      expect(words(await open())).toContain(`error: ${path}: is a directory and no file\n  Move it away`);
      await rm(path, { recursive: true });
      execFileSync('mkfifo', [path]);
      expect(words(await open())).toContain(`error: ${path}: is no plain file`);
      expect(exitCodeOf(await open())).toBe(2);
    },
  );

  test('a pipe is no journal to read either', async () => {
    const path = join(directory, 'journal.jsonl');
    execFileSync('mkfifo', [path]);
    const reading = async (): Promise<void> => {
      for await (const _ of readJournal(path)) expect.fail('it was read');
    };
    await expect(reading()).rejects.toThrow(FileError);
  });
});

test('a journal on a full disk says which, and what now', () => {
  const journal = openJournal('/dev/full');
  const append = (): void => journal.append(event);
  expect(append).toThrow(FileError);
  try {
    append();
  } catch (error) {
    expect(exitCodeOf(error)).toBe(1);
    expect(words(error)).toMatch(/^error: \/dev\/full: cannot be written: ENOSPC.*\n {2}The run ends here/);
  }
  journal.close();
});

test('what the system refuses is no internal error, and has no stack', async () => {
  const refused = await mkdir(join(directory, 'none', 'deeper')).catch((error: unknown) => error);
  expect(exitCodeOf(refused)).toBe(2);
  expect(words(refused)).toBe(
    `error: ENOENT: no such file or directory, mkdir '${join(directory, 'none', 'deeper')}'`,
  );
  expect(exitCodeOf(Object.assign(new Error('x'), { code: 'ERR_ASSERTION' }))).toBe(70);
});
