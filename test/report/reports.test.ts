import { describe, expect, test } from 'vitest';
import {
  BalancerError,
  BuildError,
  CallError,
  CheckError,
  InputError,
  InternalError,
  InterruptedError,
  LockError,
  ResourceError,
  SessionError,
} from '../../src/errors.ts';
import type { Verdict } from '../../src/events/status.ts';
import { checkReports } from '../../src/report/checks/reports.ts';
import { checkReportGrammar } from '../../src/report/checks/schema.ts';
import { describeError } from '../../src/report/error.ts';
import { table } from '../../src/report/table.ts';
import { bytesText, secondsText } from '../../src/report/units.ts';
import { describeFact } from '../../src/report/words.ts';
import { mixedReport } from '../browser/samples.ts';
import { type Check, check } from './a-check.ts';

const report = (...results: readonly Check[]) => ({
  ...{ verb: 'verify', deployment: 'images', release: '2024.2', results },
});

describe('reports of checks', () => {
  const mixed = report(
    check('a', 'glance/upload', 'pass', 'fine'),
    { ...check('a', 'glance/free', 'warn', '15 % free'), remedy: 'make room' },
    { ...check('b', 'glance/read/a', 'fail', 'differs'), cause: 'it was cut off' },
    check('b', 'glance/share-handles', 'skip', 'not on a share'),
  );

  test('show what did not pass, what to do about it, and count all', () => {
    expect(checkReports.human(mixed).split('\n')).toEqual([
      'fail  b  glance/read/a         differs',
      '                               cause: it was cut off',
      'warn  a  glance/free           15 % free',
      '                               make room',
      'skip  b  glance/share-handles  not on a share',
      'verify: 1 fail, 1 warn, 1 skip, 1 pass',
    ]);
    expect(checkReports.human(report(check('a', 'x', 'pass', 'fine')))).toBe('verify: 1 pass');
  });

  test('are JSON in the same words, and no failure without one', () => {
    const read = JSON.parse(checkReports.json(mixed));
    expect(read).toMatchObject({ ok: false, counts: { pass: 1, warn: 1, fail: 1, skip: 1 } });
    expect(read.checks[1]).toMatchObject({ check: 'glance/free', verdict: 'warn', remedy: 'make room' });
    expect(JSON.parse(checkReports.json(report(...mixed.results.slice(0, 2))))).toMatchObject({ ok: true });
    for (const one of [mixed, mixedReport])
      expect(checkReportGrammar.parse(JSON.parse(checkReports.json(one)))).toBeDefined();
  });
});

describe('the badge of a report', () => {
  const badgeOf = (...verdicts: readonly Verdict[]) =>
    /class="lead"><b class="badge (\w+)">/.exec(
      checkReports.html(report(...verdicts.map((verdict) => check('a', 'glance/free', verdict, 'a word')))),
    )?.[1];
  test.each([
    [['pass', 'skip', 'pass'], 'pass'],
    [['pass', 'skip', 'warn'], 'warn'],
    [['skip', 'fail', 'pass'], 'fail'],
    [['skip', 'skip'], 'skip'],
    [[], 'pass'],
  ] as const)('of %j is %s', (verdicts, expected) => {
    expect(badgeOf(...verdicts)).toBe(expected);
  });
});

describe('table', () => {
  test('lines up columns, leaves the last one, and shows what a terminal would act on', () => {
    const rows = [
      ['a', 'long name', 'x'],
      ['bb', 'n\u001b[0m', 'y\nz'],
    ];
    expect(table(rows, { indent: '  ' })).toBe('  a   long name   x\n  bb  n\\u001b[0m  y z');
  });
});

describe('units', () => {
  test.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [8 * 1024 * 1024, '8.0 MiB'],
  ])('%d bytes', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  test.each([
    [0.04, '0.0 s'],
    [9.9, '9.9 s'],
    [59.6, '1 min 0 s'],
    [125, '2 min 5 s'],
  ])('%d seconds', (seconds, text) => {
    expect(secondsText(seconds)).toBe(text);
  });
});

describe('words', () => {
  const finished = { kind: 'run-finished', verb: 'apply', seconds: 3, failed: 0, skipped: 0 } as const;

  test('of a run that changed nothing say so', () => {
    const said = describeFact({ ...finished, ok: true, changed: 0, unchanged: 28 });
    expect(said).toEqual({ text: 'apply: nothing to change, 28 steps in sync, in 3.0 s', tone: 'good' });
  });

  test('of a run that did not end well are red', () => {
    expect(describeFact({ ...finished, ok: false, changed: 2, unchanged: 3 })).toMatchObject({
      text: 'apply: failed, 2 changed, 3 in sync, 0 failed, 0 skipped, in 3.0 s',
      tone: 'bad',
    });
  });

  test('of a run that the user ended say how', () => {
    const text = (result: 'declined' | 'interrupted') =>
      describeFact({ ...finished, ok: false, result, changed: 2, unchanged: 3 }).text;
    expect(text('declined')).toBe('apply: declined, nothing was changed');
    expect(text('interrupted')).toBe(
      'apply: interrupted, 2 changed, 3 in sync, 0 failed, 0 skipped, in 3.0 s',
    );
  });

  test('of a consent say what was asked and who agreed', () => {
    const text = (consent: 'terminal' | 'yes' | 'saved-plan' | 'declined') =>
      describeFact({ kind: 'consent', question: 'Do this?', consent }).text;
    expect((['terminal', 'yes', 'saved-plan', 'declined'] as const).map(text)).toEqual([
      'Do this? yes, on the terminal',
      'Do this? yes, by --yes',
      'Do this? yes, by the saved plan',
      'Do this? no',
    ]);
  });

  test('of a failed step give the remedy a line of its own', () => {
    const step = {
      kind: 'step-finished',
      step: 'n/glance/service/x',
      node: 'n',
      result: 'failed',
      seconds: 1,
    } as const;
    expect(describeFact({ ...step, reason: 'it broke', remedy: 'mend it' }).text).toBe(
      'n/glance/service/x: failed (1.0 s): it broke\nmend it',
    );
  });
});

describe('describeError', () => {
  const text = (error: unknown): string => describeError(error, { debug: false });

  test('says where, why and what to do', () => {
    expect(text(new ResourceError('glance-1', 'service/x', 'it broke', 'mend it'))).toBe(
      'error: glance-1: service/x: it broke\n  mend it',
    );
    expect(text(new BuildError('no MSI', 'build it'))).toBe('error: no MSI\n  build it');
    expect(text(new LockError('images', 'oriel apply', 'it is held', 'wait'))).toBe(
      'error: images: lock: it is held\n  wait',
    );
    expect(text(new BalancerError('glance-1', 'no other is up'))).toBe(
      'error: glance-1: rollout/drain: no other is up',
    );
    expect(text(new CheckError('glance-1', 'read', 'nothing was sent'))).toBe(
      'error: glance-1: read: nothing was sent',
    );
    expect(text(new InputError([{ message: 'wrong' }]))).toBe(
      'wrong\nerror: 1 error in the input; nothing was changed',
    );
  });

  test('shows a stack only of errors of ours', () => {
    expect(text(new InternalError('oops'))).toContain('reports.test.ts');
    expect(text(new BuildError('oops'))).not.toContain('reports.test.ts');
  });

  test.each(['\n', '\r', '\r\n', '\u2028'])('does not let a node begin a line of ours with %j', (end) => {
    const forged = `it broke${end}error: glance-2: all is lost`;
    for (const error of [
      new ResourceError('n', 'r', forged, forged),
      new CallError('n', 'Get-Facts', 'X', forged),
      new SessionError('n', 'lost', forged),
      new InterruptedError(new BuildError(forged)),
      new InternalError(forged),
    ]) {
      expect(text(error).match(/^error/gm)).toHaveLength(1);
      expect(text(error)).not.toContain('\u2028');
    }
    expect(text(new InputError([{ message: forged }])).match(/^error/gm)).toHaveLength(1);
  });

  test('does not let a node move the cursor', () => {
    expect(text(new ResourceError('n', 'r', 'a\u001b[2Kb\u009b\u202ec'))).toBe(
      'error: n: r: a\\u001b[2Kb\\u009b\\u202ec',
    );
  });
});
