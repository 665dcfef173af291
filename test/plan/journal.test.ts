import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { history } from '../../src/commands/inspect/history.ts';
import { show } from '../../src/commands/inspect/show.ts';
import { InputError } from '../../src/errors.ts';
import type { Event } from '../../src/events/events.ts';
import { openJournal } from '../../src/plan/journal/journal.ts';
import { type JournalChunk, readJournal } from '../../src/plan/journal/read-journal.ts';
import { lastRuns } from '../../src/plan/journal/runs.ts';
import { runVerb } from '../commands/verb.ts';

const time = '2026-01-02T03:04:05.678Z';
let directory = '';
let path = '';
const home = process.cwd();
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oriel-journal-'));
  path = join(directory, 'journal.jsonl');
});

afterEach(async () => {
  process.chdir(home);
  await rm(directory, { recursive: true });
});

const note = (message: string, run = 'r'): Event => ({ time, run, kind: 'note', level: 'info', message });
const started = (run: string): Event => ({
  time,
  run,
  kind: 'run-started',
  verb: 'apply',
  deployment: 'images',
  release: '2024.2',
  who: 'alice@desk',
});
const finished = (run: string, ok = true): Event => ({
  ...{ time, run, kind: 'run-finished', verb: 'apply', ok, seconds: 3 },
  ...{ changed: 1, unchanged: 2, failed: ok ? 0 : 1, skipped: 0 },
});
const step = (run: string, result: 'changed' | 'failed'): Event => ({
  ...{
    time,
    run,
    kind: 'step-finished',
    step: 'n/glance/file/x',
    node: 'n',
    result,
    seconds: 1,
    reason: 'why',
  },
});
const lines = (...events: readonly unknown[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

async function everything(): Promise<JournalChunk> {
  const pieces: JournalChunk[] = [];
  for await (const piece of readJournal(path)) pieces.push(piece);
  return {
    events: pieces.flatMap(({ events }) => events),
    torn: pieces.reduce((sum, { torn }) => sum + torn, 0),
  };
}

describe('journal', () => {
  test('gives back what was appended, and goes on after a torn last line', async () => {
    const journal = openJournal(path);
    journal.append(note('one'));
    journal.close();
    await appendFile(path, '{"time":"2026-01-02T03:0');
    expect(await everything()).toEqual({ events: [note('one')], torn: 1 });
    const next = openJournal(path);
    next.append(note('two'));
    next.append({ time, run: 'r', kind: 'step-progress', step: 's', node: 'n', message: 'passing' });
    next.close();
    expect(await everything()).toEqual({ events: [note('one'), note('two')], torn: 1 });
  });

  test('is empty where there is none', async () => {
    expect(await everything()).toEqual({ events: [], torn: 0 });
  });

  test('with lines of anybody gives the events alone', async () => {
    const others = [7, null, [], 'x', {}, { ...note('x'), message: 7 }, { ...note('x'), kind: 'exec' }];
    const proto = lines(note('y')).replace('{', '{"__proto__":{"kind":"note"},');
    await writeFile(
      path,
      `${lines(...others)}\n\nnot JSON\n${proto}${'x'.repeat(3e6)}\n${lines(note('end'))}`,
    );
    const { events, torn } = await everything();
    expect(events.map((event) => event.kind === 'note' && event.message)).toEqual(['y', 'end']);
    expect(torn).toBe(others.length + 2);
  });

  test('is cut into the same lines wherever its pieces end', async () => {
    const events = Array.from({ length: 4_000 }, (_, index) => note(`${index} ${'é'.repeat(index % 97)}`));
    await writeFile(path, lines(...events));
    expect(await everything()).toEqual({ events, torn: 0 });
  });
});

describe('runs', () => {
  test('have the result that their end tells; without one, that of an older version', async () => {
    const end = (run: string, result: string): readonly object[] => [
      started(run),
      { ...finished(run, false), result },
    ];
    await writeFile(
      path,
      lines(
        ...[started('old'), finished('old'), started('older'), finished('older', false)],
        ...[...end('a', 'done'), ...end('b', 'failed'), ...end('c', 'declined'), ...end('d', 'interrupted')],
        ...end('e', 'maybe'),
      ),
    );
    expect((await everything()).torn).toBe(1);
    const { runs } = await lastRuns(path, 20);
    expect(runs.map(({ run, result }) => [run, result])).toEqual([
      ...[
        ['old', 'done'],
        ['older', 'failed'],
        ['a', 'done'],
        ['b', 'failed'],
        ['c', 'declined'],
      ],
      ...[
        ['d', 'interrupted'],
        ['e', 'interrupted'],
      ],
    ]);
  });

  test('are told with their end, or as they were cut off, the last ones alone', async () => {
    await writeFile(
      path,
      lines(
        ...[started('a'), finished('a')],
        ...[started('b'), step('b', 'failed'), finished('b', false)],
        ...[started('c'), step('c', 'changed'), step('c', 'changed'), step('unheard', 'changed')],
      ),
    );
    const { runs } = await lastRuns(path, 20);
    expect(runs.map(({ run, result, changed, failed }) => [run, result, changed, failed])).toEqual([
      ['a', 'done', 1, 0],
      ['b', 'failed', 1, 1],
      ['c', 'interrupted', 2, 0],
    ]);
    // Journals of an older version do not say who agreed.
    expect(runs[0]).toMatchObject({ who: 'alice@desk', started: time, seconds: 3, unchanged: 2 });
    expect((await lastRuns(path, 2)).runs.map(({ run }) => run)).toEqual(['b', 'c']);
  });
});

describe('oriel history and show', () => {
  const write = async (text: string): Promise<void> => {
    const folder = join(directory, '.oriel', 'images');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'journal.jsonl'), text);
    process.chdir(directory);
  };

  test('list the runs, and say what was torn', async () => {
    await write(`${lines(started('r-one'), finished('r-one'), started('r-two'))}{"torn`);
    const { code, printed, facts } = await runVerb(history, ['history']);
    expect(code).toBe(0);
    expect(printed).toMatch(/r-one +2026-01-02T03:04:05Z +apply +alice@desk +done +1 +2 +0 +0 +3\.0 s\n/);
    expect(printed).toMatch(/r-two .* interrupted .*\ninterrupted: aborted, or still running/);
    expect(facts).toMatchObject([
      { level: 'warning', message: expect.stringContaining('1 lines are not events') },
    ]);
    const { printed: json } = await runVerb(history, ['history', '--json', '--last', '1']);
    expect(JSON.parse(json)).toMatchObject({ runs: [{ run: 'r-two', result: 'interrupted' }], torn: 1 });
  });

  test('show one run by its id, its beginning, or as the last', async () => {
    await write(
      lines(started('ab1'), note('first', 'ab1'), started('ab2'), note('mentions ab1\u001b[2J', 'ab2')),
    );
    for (const name of ['ab1', 'last']) {
      const { printed } = await runVerb(show, ['show', name]);
      expect(printed.split('\n')).toHaveLength(2);
      expect(printed).toContain(name === 'last' ? 'mentions ab1\\u001b[2J' : 'note: first');
    }
    const { printed } = await runVerb(show, ['show', 'ab1', '--json']);
    expect(printed.split('\n').map((line) => JSON.parse(line))).toEqual([
      started('ab1'),
      note('first', 'ab1'),
    ]);
    await expect(runVerb(show, ['show', 'ab'])).rejects.toThrow(/several runs begin with ab: ab1, ab2/);
    await expect(runVerb(show, ['show', 'x'])).rejects.toThrow(InputError);
  });

  test('ask for a site file where it is not clear whose journal is meant', async () => {
    process.chdir(directory);
    await expect(runVerb(history, ['history'])).rejects.toThrow(/name the site file/);
  });
});
