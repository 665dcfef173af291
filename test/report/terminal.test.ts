import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/events/events.ts';
import { terminalSink } from '../../src/report/terminal.ts';

const progress = (message: string, node = 'glance-1'): Fact => ({
  kind: 'step-progress',
  step: `${node}/package/oriel-glance`,
  node,
  message,
});
const done: Fact = {
  kind: 'step-finished',
  step: 'glance-1/package/oriel-glance',
  node: 'glance-1',
  result: 'changed',
  action: 'installed',
  seconds: 61.2,
  reason: 'missing',
};

/** A screen that keeps what is written, and a clock that stands still until it is set. */
function aScreen(isTTY: boolean, env: Record<string, string> = {}) {
  const written: string[] = [];
  const clock = { now: 0 };
  const screen = { isTTY, columns: 40, rows: 7, write: (text: string) => written.push(text) };
  const sink = terminalSink(screen, env, () => clock.now);
  return { ...sink, written, clock, screen };
}

describe('without a terminal', () => {
  test('lines are plain, and signs of life come only when nothing else was for a while', () => {
    const { emit, written, clock } = aScreen(false);
    emit(progress('looks'));
    clock.now = 500;
    emit(progress('brings it'));
    clock.now = 1000;
    emit(progress('brings it ... 1 s'));
    clock.now = 1100;
    emit(done);
    expect(written).toEqual([
      'glance-1/package/oriel-glance: looks\n',
      'glance-1/package/oriel-glance: brings it ... 1 s\n',
      'glance-1/package/oriel-glance: installed (1 min 1 s): missing\n',
    ]);
  });

  test('a log of CI has a sign of life every 30 seconds', () => {
    const { emit, written, clock } = aScreen(false, { CI: 'true' });
    for (let second = 0; second <= 60; second += 1) {
      clock.now = second * 1000;
      emit(progress(`brings it ... ${second} s`));
    }
    expect(written).toEqual(
      [0, 30, 60].map((at) => `glance-1/package/oriel-glance: brings it ... ${at} s\n`),
    );
  });

  test('a new stage is always told', () => {
    const { emit, written } = aScreen(false);
    emit({ kind: 'build-progress', stage: 'payload', message: 'resolves' });
    emit({ kind: 'build-progress', stage: 'payload', message: 'hashes' });
    emit({ kind: 'build-progress', stage: 'cabinet', message: 'packs', done: 3, total: 7 });
    expect(written).toEqual(['payload: resolves\n', 'cabinet: packs (3 of 7)\n']);
  });

  test('what a node says cannot move the cursor, colour, or pass for a line of ours', () => {
    const { emit, written } = aScreen(false);
    const lie = 'x\u001b[2J\u001b]0;title\u0007\nok glance-2: all well\r\u009b31m\u202egnp.exe';
    emit({ kind: 'node-failed', node: 'glance-1', message: lie });
    const [line = ''] = written;
    expect(line).toBe(
      'glance-1: not reached: x\\u001b[2J\\u001b]0;title\\u0007\n    ok glance-2: all well\n    \\u009b31m\\u202egnp.exe\n',
    );
  });
});

describe('on a terminal', () => {
  test('a node has one live line, cut to the width, below what lasts', () => {
    const { emit, written, pause, clock } = aScreen(true, { NO_COLOR: '1' });
    emit(progress('installs'));
    clock.now = 50;
    emit(progress('a very long message that does not fit', 'glance-2'));
    const first = 'glance-1/package/oriel-glance: installs\n';
    const second = 'glance-2/package/oriel-glance: a ver...\n';
    expect(written.at(-1)).toBe(`\u001b[1A\r\u001b[J${first}${second}`);
    emit(done);
    const lasting = 'glance-1/package/oriel-glance: installed (1 min 1 s): missing\n';
    expect(written.at(-1)).toBe(`\u001b[2A\r\u001b[J${lasting}${second}`);
    pause();
    expect(written.at(-1)).toBe('\u001b[1A\r\u001b[J');
  });

  test('live lines are drawn twenty times a second at most, and with what lasts', () => {
    const { emit, written, clock } = aScreen(true, { NO_COLOR: '1' });
    emit(progress('looks', 'glance-2'));
    clock.now = 49;
    emit(progress('installs', 'glance-2'));
    expect(written).toHaveLength(1);
    emit(done);
    expect(written).toHaveLength(2);
    expect(written.at(-1)).toContain('glance-2/package/oriel-glance: installs');
  });

  test('live lines of hundreds of nodes are as many as the screen has room for', () => {
    const { emit, written, clock } = aScreen(true, { NO_COLOR: '1' });
    for (let index = 0; index < 300; index += 1) {
      clock.now += 50;
      emit(progress('looks', `node-${index}`));
    }
    const lines = written.at(-1)?.trimEnd().split('\n') ?? [];
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)).toBe('... and 296 more');
    expect(written.at(-1)).toContain('\u001b[5A');
  });

  test('a live line of a node cannot hold another line or an escape', () => {
    const { emit, written } = aScreen(true, { NO_COLOR: '1' });
    emit(progress('a\nb\u001b[31mc'));
    expect(written.at(-1)).toBe('\r\u001b[Jglance-1/package/oriel-glance: a b\\u...\n');
  });

  test('a bar, the step and the bytes stand behind what is done, as far as there is room', () => {
    const { emit, written, screen, clock } = aScreen(true, { NO_COLOR: '1' });
    const moving: Fact = {
      ...progress('uploads the package of the image service'),
      ...{ done: 40 * 2 ** 20, total: 160 * 2 ** 20, rate: 10 * 2 ** 20, number: 3, of: 20 },
    } as Fact;
    const lineAt = (columns: number): string => {
      screen.columns = columns;
      clock.now += 50;
      emit(moving);
      return written.at(-1)?.trimEnd().split('\u001b[J')[1] ?? '';
    };
    expect(lineAt(200)).toBe(
      'glance-1/package/oriel-glance: uploads the package of the image service  [##--------]  25 %  step 3 of 20  40.0 MiB of 160.0 MiB  10.0 MiB/s  12 s left',
    );
    expect(lineAt(80)).toBe(
      'glance-1/package/oriel-glance: uploads the...  [##--------]  25 %  step 3 of 20',
    );
    expect(lineAt(80).length).toBeLessThan(80);
    expect(lineAt(40)).toBe('glance-1/package/oriel-glance: uploa...');
  });

  test('a step that was in sync leaves no line, and neither does a stage at its end', () => {
    const { emit, written, clock } = aScreen(true, { NO_COLOR: '1' });
    emit(progress('reading state'));
    const { action: _, ...step } = done as Fact & { action: string };
    clock.now = 50;
    emit({ ...step, result: 'unchanged', reason: 'in sync' } as Fact);
    expect(written.at(-1)).toBe('\u001b[1A\r\u001b[J');
    emit({ kind: 'build-progress', stage: 'cabinet', message: 'packs', done: 6, total: 7 });
    clock.now = 100;
    emit({ kind: 'build-progress', stage: 'cabinet', message: 'packs', done: 7, total: 7 });
    expect(written.at(-1)).toBe('\r\u001b[J');
  });

  test('colours tell the tone, and NO_COLOR takes them away', () => {
    const coloured = aScreen(true);
    coloured.emit(done);
    expect(coloured.written.at(-1)).toContain('\u001b[32mglance-1');
    const plain = aScreen(true, { NO_COLOR: '1' });
    plain.emit(done);
    expect(plain.written.at(-1)).not.toContain('\u001b[32m');
  });
});
