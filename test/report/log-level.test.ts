import { expect, test } from 'vitest';
import type { Fact } from '../../src/events/events.ts';
import { runProgram } from '../../src/program.ts';
import { type LogLevel, terminalSink } from '../../src/report/terminal.ts';

/** Runs `oriel version` with facts of every tone on its way. */
async function said(env: Readonly<Record<string, string>>, ...flags: readonly string[]) {
  const lines: string[] = [];
  const levels: LogLevel[] = [];
  const facts: readonly Fact[] = [
    { kind: 'note', level: 'info', message: 'a note' },
    { kind: 'note', level: 'warning', message: 'a warning' },
    { kind: 'node-failed', node: 'n', message: 'gone' },
  ];
  const code = await runProgram([...flags, 'version'], {
    writeOut: () => {},
    writeErr: (text) => lines.push(text.trimEnd()),
    env,
    within: async ({ level }) => {
      levels.push(level);
      const write = (text: string) => lines.push(text.trimEnd());
      const { emit } = terminalSink({ write, isTTY: true }, { NO_COLOR: '1', TERM: 'dumb' }, () => 0, level);
      for (const fact of facts) emit(fact);
      throw new RangeError('what is ours');
    },
  });
  return { code, level: levels[0], lines: lines.filter((line) => !line.startsWith('error: what is ours')) };
}

const [note, warning, failed] = ['note: a note', 'warning: a warning', 'n: not reached: gone'];

test.each([
  [{}, [], 'info', [note, warning, failed]],
  [{ ORIEL_LOG_LEVEL: '' }, [], 'info', [note, warning, failed]],
  [{ ORIEL_LOG_LEVEL: 'debug' }, [], 'debug', [note, warning, failed]],
  [{ ORIEL_LOG_LEVEL: 'warning' }, [], 'warning', [warning, failed]],
  [{ ORIEL_LOG_LEVEL: 'error' }, [], 'error', [failed]],
  [{ ORIEL_LOG_LEVEL: 'debug' }, ['-q'], 'warning', [warning, failed]],
  [{ ORIEL_LOG_LEVEL: 'error' }, ['-q'], 'error', [failed]],
] as const)('%j and %j: %s (ux row 24)', async (env, flags, level, lines) => {
  expect(await said(env, ...flags)).toEqual({ code: 70, level, lines });
});

test('another word is refused with the list', async () => {
  expect(await said({ ORIEL_LOG_LEVEL: 'loud' })).toEqual({
    code: 2,
    level: undefined,
    lines: [
      'ORIEL_LOG_LEVEL=loud is not a log level\n    set it to one of debug, info, warning, error\nerror: 1 error in the input; nothing was changed',
    ],
  });
});
