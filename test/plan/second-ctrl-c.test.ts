import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { onInterrupt } from '../../src/plan/run/interrupt.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';

afterEach(() => void vi.useRealTimers());

test.each([
  ['what hangs a moment longer is left', false, 1],
  ['what ended in time is not', true, 0],
] as const)('after the second Ctrl-C %s', (_, ends, exits) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  // Of other files of tests in this process, some of which end it.
  const others = (['SIGINT', 'SIGBREAK'] as const).map(
    (signal) => [signal, process.listeners(signal)] as const,
  );
  for (const [signal] of others) process.removeAllListeners(signal);
  const exit = vi.fn() as never;
  const { release } = onInterrupt(() => {}, exit);
  process.emit('SIGINT');
  vi.advanceTimersByTime(600_000);
  expect(exit).not.toHaveBeenCalled();
  // Ctrl-Break, on a console of Windows.
  process.emit('SIGBREAK');
  if (ends) release();
  vi.advanceTimersByTime(3_000);
  expect(exit).toHaveBeenCalledTimes(exits);
  release();
  for (const [signal, listeners] of others) for (const each of listeners) process.on(signal, each);
});

test('a run that hangs ends by the second Ctrl-C, with its lock and its journal in order', async () => {
  const { folder, remove } = await temporaryFolder();
  const program = join(import.meta.dirname, '../fixtures/hanging-run.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  for (const words of ['begun', 'stopping: ']) {
    await expect.poll(() => said).toContain(words);
    child.kill('SIGINT');
  }
  expect(await ended).toEqual([130, null]);
  expect(said).toContain('stopping now: ');
  expect(existsSync(join(folder, 'lock'))).toBe(false);
  const events = readFileSync(join(folder, 'journal.jsonl'), 'utf8').trim().split('\n');
  expect(JSON.parse(events.at(-1) ?? '')).toMatchObject({ kind: 'run-finished', result: 'interrupted' });
  await remove();
});
