import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ConsentError,
  exitCodeOf,
  InputError,
  InterruptedError,
  LockError,
  ResourceError,
} from '../../src/errors.ts';
import type { Event } from '../../src/events/events.ts';
import type { Outcome } from '../../src/plan/apply/apply.ts';
import { takeLock } from '../../src/plan/locks/lock.ts';
import { onInterrupt } from '../../src/plan/run/interrupt.ts';
import { withRun } from '../../src/plan/run/run.ts';
import { openStateFolder } from '../../src/plan/run/state-folder.ts';
import { describeError } from '../../src/report/error.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oriel-run-'));
});

afterEach(() => rm(directory, { recursive: true }));

const lastEvent = (path: string): unknown =>
  JSON.parse(readFileSync(path, 'utf8').trim().split('\n').at(-1) ?? '');

describe('lock', () => {
  test('is refused while it is held, with owner and age, and free afterwards', async () => {
    const path = join(directory, 'lock');
    const unlock = await takeLock(path, 'images', 'apply');
    const refused = takeLock(path, 'images', 'remove');
    await expect(refused).rejects.toThrow(LockError);
    await expect(refused).rejects.toThrow(
      new RegExp(`oriel apply, process ${process.pid} on ${hostname()}.*0 min`),
    );
    await unlock();
    await (await takeLock(path, 'images', 'remove'))();
  });

  test('of a process that is gone, or of an earlier one with the same id, is taken over', async () => {
    const path = join(directory, 'lock');
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'close');
    const owner = { began: null, host: hostname(), verb: 'apply', since: '2026-01-01T00:00:00Z' };
    await writeFile(path, JSON.stringify({ ...owner, pid: child.pid }));
    await (await takeLock(path, 'images', 'apply'))();
    await writeFile(path, JSON.stringify({ ...owner, pid: process.pid, began: '1' }));
    await (await takeLock(path, 'images', 'apply'))();
    for (const text of [
      'not JSON at all',
      'null',
      '7',
      '{"pid":"x"}',
      JSON.stringify({ ...owner, pid: -1 }),
    ]) {
      await writeFile(path, text);
      await (await takeLock(path, 'images', 'apply'))();
    }
  });

  test('of another machine is not judged, and broken only when somebody says so', async () => {
    const path = join(directory, 'lock');
    const since = new Date(Date.now() - 5 * 3_600_000).toISOString();
    await writeFile(path, JSON.stringify({ pid: 1, began: null, host: 'elsewhere', verb: 'apply', since }));
    await expect(takeLock(path, 'images', 'apply')).rejects.toThrow(/on elsewhere, since .* \(5 h\)/);
    const asked: string[] = [];
    const answers = (answer: boolean) => async (question: string) => {
      asked.push(question);
      return answer;
    };
    await expect(takeLock(path, 'images', 'apply', answers(false))).rejects.toThrow(/on elsewhere/);
    const unlock = await takeLock(path, 'images', 'apply', answers(true));
    expect(asked).toEqual(
      Array.from({ length: 2 }, () => expect.stringMatching(/^images is held by .*Break its lock\?$/)),
    );
    await unlock();
    await expect(stat(path)).rejects.toThrow();
  });

  test('that was broken is not taken away by whom it was taken from', async () => {
    const path = join(directory, 'lock');
    const first = await takeLock(path, 'images', 'apply');
    const second = await takeLock(path, 'images', 'remove', async () => true);
    await first();
    await expect(takeLock(path, 'images', 'apply')).rejects.toThrow(/oriel remove/);
    await second();
  });

  test('goes to one of many that want it at once', async () => {
    const path = join(directory, 'lock');
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(path, 'images', 'apply')));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('state folder', () => {
  test('is for its owner alone and keeps its salt', async () => {
    const both = await Promise.all([1, 2].map(() => openStateFolder({ directory, name: 'images' })));
    expect(both[0]).toEqual(both[1]);
    expect(both[0]?.salt).toMatch(/^[0-9a-f]{64}$/);
    expect((await stat(join(directory, '.oriel/images/salt'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, '.oriel/images'))).mode & 0o777).toBe(0o700);
  });
});

test('a salt that was emptied or edited is refused: every digest would tell what it stands for', async () => {
  await openStateFolder({ directory, name: 'images' });
  for (const text of ['', 'short', `${'0'.repeat(64)}\n`]) {
    await writeFile(join(directory, '.oriel/images/salt'), text);
    await expect(openStateFolder({ directory, name: 'images' })).rejects.toThrow(
      /salt was changed\n.*delete it/,
    );
  }
});

describe('run', () => {
  const deployment = { name: 'images', release: '2024.2' } as const;

  test('journals from start to finish before it tells, and gives the lock back', async () => {
    const folder = await openStateFolder({ directory, name: 'images' });
    const told: Event[] = [];
    const tell = (event: Event): void => {
      told.push(event);
      expect(lastEvent(folder.journal)).toEqual(event);
    };
    const counts = { changed: 1, unchanged: 2, failed: 0, skipped: 0 };
    const outcome = await withRun({ verb: 'apply', deployment, folder, onEvent: tell }, async (emit) => {
      await expect(
        withRun({ verb: 'apply', deployment, folder, onEvent: tell }, async () => counts),
      ).rejects.toThrow(/holds/);
      emit({ kind: 'note', level: 'info', message: 'x' });
      return counts;
    });
    expect(outcome).toEqual({ ...counts, result: 'done' });
    expect(told.map(({ kind }) => kind)).toEqual(['run-started', 'note', 'run-finished']);
    expect(new Set(told.map(({ run }) => run)).size).toBe(1);
    expect(told[0]).toMatchObject({ who: expect.stringMatching(`^.+@${hostname()}$`) });
    expect(told.at(-1)).toMatchObject({ ok: true, result: 'done', changed: 1, unchanged: 2 });
  });

  test('that throws is finished as not ok, and gives the lock back too', async () => {
    const folder = await openStateFolder({ directory, name: 'images' });
    const failing = withRun({ verb: 'apply', deployment, folder, onEvent: () => {} }, () => {
      throw new ResourceError('n', 'r', 'broken');
    });
    await expect(failing).rejects.toThrow('broken');
    expect(lastEvent(folder.journal)).toMatchObject({
      kind: 'run-finished',
      ok: false,
      result: 'failed',
      failed: 1,
    });
    await (await takeLock(folder.lock, 'images', 'apply'))();
  });

  const skipping = { changed: 1, unchanged: 0, failed: 0, skipped: 2 };
  const all = { changed: 1, unchanged: 2, failed: 0, skipped: 0 };
  const none = { changed: 0, unchanged: 0, failed: 0, skipped: 0 };
  const throwing = (error: Error) => (): never => {
    throw error;
  };
  const aborting = (): never => {
    AbortSignal.abort().throwIfAborted();
    throw new Error('not reached');
  };
  const broken = new ResourceError('n', 'r', 'broken');
  test.each<[string, boolean, () => Outcome | 'declined', object, number?]>([
    ['ended early by Ctrl-C', true, () => skipping, { ok: false, result: 'interrupted', ...skipping }],
    ['done before Ctrl-C could end it', true, () => all, { ok: true, result: 'done', ...all }],
    ['with skipped steps', false, () => skipping, { ok: false, result: 'failed', ...skipping }],
    ['that nobody agreed to', false, () => 'declined', { ok: true, result: 'declined', ...none }],
    ['that Ctrl-C answered', true, () => 'declined', { ok: false, result: 'interrupted', ...none }],
    ['where nobody can be asked', false, throwing(new ConsentError([])), { result: 'declined', ...none }, 2],
    ['that fails after Ctrl-C', true, throwing(broken), { result: 'interrupted', ...none }, 130],
    ['that Ctrl-C ends in a wait', true, aborting, { result: 'interrupted', ...none }, 130],
    ['with bad input after Ctrl-C', true, throwing(new InputError([])), { result: 'failed' }, 2],
  ])('%s says so', async (_, ctrlC, body, last, code) => {
    const folder = await openStateFolder({ directory, name: 'images' });
    const ended = withRun({ verb: 'apply', deployment, folder, onEvent: () => {} }, async () => {
      if (ctrlC) process.emit('SIGINT');
      return body();
    });
    if (code === undefined) expect(last).toMatchObject(await ended);
    else expect(exitCodeOf(await ended.catch((error: unknown) => error))).toBe(code);
    expect(lastEvent(folder.journal)).toMatchObject({ kind: 'run-finished', ok: false, ...last });
  });
});

test('an interrupted failure is told as what failed, and as what it is', () => {
  const describe = (cause?: Error) => describeError(new InterruptedError(cause), { debug: false });
  expect(describe(new ResourceError('n', 'r', 'broken', 'mend it'))).toBe('error: n: r: broken\n  mend it');
  expect(describe()).toBe('error: interrupted');
});

test('Ctrl-C once asks to stop, twice to stop now; released, it is nobody’s business here', () => {
  const told: string[] = [];
  const before = process.listenerCount('SIGINT');
  const { stop, abort, release } = onInterrupt((fact) => told.push(fact.kind));
  process.emit('SIGINT');
  expect([stop.aborted, abort.aborted]).toEqual([true, false]);
  process.emit('SIGTERM');
  expect([stop.aborted, abort.aborted]).toEqual([true, true]);
  expect(told).toEqual(['note', 'note']);
  release();
  expect(process.listenerCount('SIGINT')).toBe(before);
});
