import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { processesInGroup, processorTime } from '../../src/sandbox/node/processes.ts';
import { whileItLives } from '../../src/sandbox/signs-of-life.ts';

/** The leader of a group of its own. */
function started(script: string): number {
  const child = spawn('sh', ['-c', script], { stdio: 'ignore', detached: true });
  const group = child.pid ?? 0;
  onTestFinished(() => void process.kill(-group, 'SIGKILL'));
  return group;
}

const bounds = { silenceMs: 500, pauseMs: 10 };

describe('waiting for what works', () => {
  it('goes on past any silence while its processes compute, however slowly', async () => {
    const group = started('while :; do :; done & wait');
    const signs = () => processorTime(processesInGroup(group));
    const seen = new Set<number>();
    // A hundred ticks of the processor are a second of it, twice the silence.
    const done = () => seen.add(signs()).size > 100;
    expect(await whileItLives({ ...bounds, done, signs })).toBe(true);
  });

  it('ends when nothing moves, though the processes are there', async () => {
    const group = started('sleep 900');
    const signs = () => processorTime(processesInGroup(group));
    expect(await whileItLives({ ...bounds, done: () => false, signs })).toBe(false);
    expect(processesInGroup(group)).toContain(group);
  });

  it('ends when it cannot come any more', async () => {
    let reads = 0;
    const over = () => ++reads > 3;
    expect(await whileItLives({ ...bounds, done: () => false, over, signs: () => reads })).toBe(false);
  });
});
