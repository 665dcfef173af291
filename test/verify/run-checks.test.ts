import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { InternalError, SessionError } from '../../src/errors.ts';
import type { Fact } from '../../src/events/events.ts';
import type { Session } from '../../src/session/session.ts';
import { type Check, type CheckOutcome, checkId, fail, pass, skip } from '../../src/verify/check.ts';
import { onlyChecks } from '../../src/verify/choose.ts';
import { groupsOf, inOrder } from '../../src/verify/order.ts';
import { runChecks } from '../../src/verify/run-checks.ts';

/** A check of `n1/clock`, which finds what is given. */
function aCheck(name: string, needs: readonly string[] = [], more: Partial<Check> = {}): Check {
  return {
    ...{ id: checkId('n1', 'clock', name), node: 'n1', title: `try ${name}`, why: 'To know it.' },
    needs: needs.map((need) => checkId('n1', 'clock', need)),
    run: async () => pass(`${name} is fine`, { [name]: 1 }),
    ...more,
  };
}

const finds = (finding: CheckOutcome): Partial<Check> => ({ run: async () => finding });
const throws = (error: Error): Partial<Check> => ({ run: () => Promise.reject(error) });

async function runAll(checks: readonly Check[], signal = new AbortController().signal) {
  const facts: Fact[] = [];
  const connections = new Map<string, Session | Error>();
  const results = await runChecks(checks, { connections, emit: (fact) => void facts.push(fact), signal });
  return { facts, results, said: results.map(({ check, verdict }) => `${check} ${verdict}`) };
}

describe('checks', () => {
  test('of many nodes that wait at once are no leak of listeners', async () => {
    const warnings: Error[] = [];
    const warn = (warning: Error): void => void warnings.push(warning);
    process.on('warning', warn);
    const { signal } = new AbortController();
    const waits: Partial<Check> = {
      concurrent: true,
      run: async (context) => {
        await sleep(1, undefined, { signal: context.signal });
        return pass('waited');
      },
    };
    await runAll(
      Array.from({ length: 50 }, (_, index) => aCheck(`c${index}`, [], waits)),
      signal,
    );
    // Node tells warnings at the next turn.
    await sleep(1);
    process.off('warning', warn);
    expect(warnings).toEqual([]);
  });

  test('run after what they need, whose evidence they see, and are told as they end', async () => {
    const reads: Partial<Check> = {
      run: async ({ evidence }) => pass('fine', { seen: evidence('n1/clock/a') }),
    };
    const { results, facts } = await runAll([aCheck('b', ['a'], reads), aCheck('a')]);
    expect(results.map(({ check }) => check)).toEqual(['clock/a', 'clock/b']);
    expect(results[1]?.evidence).toEqual({ seen: { a: 1 } });
    expect(facts.filter(({ kind }) => kind === 'check-finished')).toEqual(results);
    const doing = facts.flatMap((fact) => (fact.kind === 'step-progress' ? [fact.message] : []));
    expect(doing).toEqual(['try a', 'try b']);
  });

  test('that need what failed or was skipped are skipped with the reason; a warning stops nothing', async () => {
    const { results, said } = await runAll([
      aCheck('a', [], finds(fail('broken'))),
      aCheck('b', ['a']),
      aCheck('c', ['b']),
      aCheck('d', [], finds({ verdict: 'warn', message: 'nearly full' })),
      aCheck('e', ['d']),
      aCheck('f', [], finds(skip('there is no share'))),
      aCheck('g', ['f']),
    ]);
    expect(said).toEqual([
      ...['clock/a fail', 'clock/b skip', 'clock/c skip', 'clock/d warn', 'clock/e pass'],
      ...['clock/f skip', 'clock/g skip'],
    ]);
    const reasons = ['needs n1/clock/a, which failed', 'needs n1/clock/b, which was skipped'];
    expect(results.slice(1, 3).map(({ message }) => message)).toEqual(reasons);
  });

  test('fail with the remedy of the finding, of the error or their own, and only then have one', async () => {
    const remedy = 'see the clock';
    const { results } = await runAll([
      aCheck('a', [], { ...finds(fail('broken', 'wind it')), remedy }),
      aCheck('b', [], { ...throws(new SessionError('n1', 'lost', 'gone', 'look at the link')), remedy }),
      aCheck('c', [], { ...finds(fail('broken')), remedy }),
      aCheck('d', [], { remedy }),
      aCheck('e', [], { run: async ({ session }) => pass(session('n1').node) }),
    ]);
    expect(results.map((result) => result.remedy)).toEqual([
      ...['wind it', 'look at the link', 'see the clock', undefined, undefined],
    ]);
    expect(results[4]).toMatchObject({ verdict: 'fail', message: 'it is not reached' });
    await expect(runAll([aCheck('a', [], throws(new TypeError('a bug')))])).rejects.toThrow('a bug');
  });

  test('are skipped once somebody interrupts, but for those that clean up', async () => {
    const stop = new AbortController();
    const stops: Partial<Check> = {
      async run() {
        stop.abort();
        throw new SessionError('n1', 'lost', 'aborted');
      },
    };
    const { said, results } = await runAll(
      [aCheck('a'), aCheck('b', ['a'], stops), aCheck('c'), aCheck('d', ['a'], { cleansUp: true })],
      stop.signal,
    );
    expect(said).toEqual(['clock/a pass', 'clock/b skip', 'clock/c skip', 'clock/d pass']);
    expect(results[1]?.message).toBe('interrupted');
  });

  test('run at once where they may and are next to each other', () => {
    const concurrent = { concurrent: true } as const;
    const checks = [
      aCheck('a', [], concurrent),
      aCheck('b', [], concurrent),
      aCheck('c', ['b'], concurrent),
      aCheck('d'),
      aCheck('e', [], concurrent),
    ];
    const names = groupsOf(checks).map((group) => group.map(({ id }) => id.at(-1)).join(''));
    expect(names).toEqual(['ab', 'c', 'd', 'e']);
  });

  test('that are there twice, need what is not there, or each other, are a mistake of the program', () => {
    const wrong = [
      [aCheck('a'), aCheck('a')],
      [aCheck('a', ['b'])],
      [aCheck('a', ['b']), aCheck('b', ['a'])],
    ];
    for (const checks of wrong) expect(() => inOrder(checks)).toThrow(InternalError);
  });
});

describe('--only', () => {
  const checks = [
    aCheck('health'),
    aCheck('create', ['health']),
    aCheck('upload', ['create']),
    aCheck('read/n2', ['upload']),
    aCheck('delete', ['create'], { cleansUp: true }),
    aCheck('gone', ['delete'], { cleansUp: true }),
    aCheck('handles', ['upload']),
  ];
  const chosen = (...patterns: readonly string[]): string =>
    onlyChecks(checks, patterns)
      .map(({ id }) => id.split('/')[2])
      .join(' ');

  test('takes along what is needed and what cleans up after that', () => {
    expect(chosen('health')).toBe('health');
    expect(chosen('clock/upload')).toBe('health create upload delete gone');
    expect(chosen('n1/clock/handles')).toBe('health create upload delete gone handles');
    expect(chosen('read/*')).toBe('health create upload read delete gone');
    expect(chosen('n1/**')).toBe('health create upload read delete gone handles');
  });

  test('refuses a pattern that names nothing, with what is nearest', () => {
    expect(() => chosen('helth')).toThrow('no check is called `helth`\n    did you mean `health`?');
    expect(() => chosen('xyz')).toThrow('oriel verify --list shows all checks');
  });
});
