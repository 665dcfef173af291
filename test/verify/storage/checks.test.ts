import { describe, expect, test } from 'vitest';
import type { AgentCall } from '../../../src/session/session.ts';
import { storageCheckList } from '../../../src/verify/checks/storage/list.ts';
import { type AnswerTable, type CheckTable, outcomeOf, refused } from './harness.ts';
import { tables } from './tables/index.ts';

/** What a call gives that finds nothing. */
function nothing(answer: unknown): unknown {
  if (Array.isArray(answer)) return [];
  if (typeof answer === 'object' && answer !== null && 'exitCode' in answer) return { ...answer, stdout: '' };
  return { exists: false };
}

/** The properties that a check asks each cmdlet for. */
async function askedFor(table: CheckTable): Promise<ReadonlyMap<string, readonly string[]>> {
  const asked = new Map<string, readonly string[]>();
  const recording = Object.entries(table.healthy).map(([name, answer]) => {
    const record = (call: AgentCall): unknown => {
      asked.set(name, (call.select as readonly string[] | undefined) ?? []);
      return typeof answer === 'function' ? answer(call) : answer;
    };
    return [name, record] as const;
  });
  await outcomeOf(table, Object.fromEntries(recording), table.share);
  return asked;
}

function without(answer: unknown, property: string): unknown {
  return (answer as readonly Record<string, unknown>[]).map(({ [property]: _, ...row }) => row);
}

/** Rows about something else: all names are others. */
function renamed(answer: unknown): unknown {
  if (!Array.isArray(answer)) return answer;
  const isName = (key: string): boolean => /Name$|^Model$/.test(key);
  const other = (value: unknown): unknown => (Array.isArray(value) ? ['Other'] : 'Other');
  return answer.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [key, isName(key) ? other(value) : value])),
  );
}

test('every check has a table', () => {
  // Those that run the probe, or only tell what it measured, and the comparison of files have tests of their own.
  const asked = storageCheckList
    .map(({ id }) => id)
    .filter((id) => !['STO-27', 'STO-37', 'STO-38', 'probe-end'].includes(id));
  expect(tables.map(({ check }) => check).sort()).toEqual(asked.sort());
});

describe.each(tables)('$check on the $side', (table) => {
  const { healthy, share, cases, mayBeEmpty = [], mayFail = [], shown = [] } = table;
  const ask = (answers: AnswerTable) => outcomeOf(table, { ...healthy, ...answers }, share);

  test('passes where all is well', async () => {
    expect(await ask({})).toMatchObject({ verdict: 'pass' });
  });

  test.each(cases)('$title: $verdict', async ({ answers, verdict, message, remedy, ...own }) => {
    const limits = own.limits;
    const found = await outcomeOf(table, { ...healthy, ...answers }, { ...share, ...own.share }, limits);
    expect(found).toMatchObject({ verdict });
    if (message) expect(found.message).toMatch(message);
    if (remedy) expect(found.remedy).toMatch(remedy);
    if (verdict === 'warn' || verdict === 'fail') expect(found.remedy).toMatch(/\w/);
  });

  test('never passes without having looked', async () => {
    const passed: string[] = [];
    const tryWith = async (what: string, answers: AnswerTable): Promise<void> => {
      if ((await ask(answers)).verdict === 'pass') passed.push(what);
    };
    const calls = Object.entries(healthy);
    const asked = await askedFor(table);
    await tryWith(
      'nothing at all',
      Object.fromEntries(calls.map(([name, answer]) => [name, nothing(answer)])),
    );
    await tryWith('errors', Object.fromEntries(calls.map(([name]) => [name, refused('no')])));
    await tryWith(
      'no properties',
      Object.fromEntries(
        calls.map(([name, answer]) => [name, Array.isArray(answer) ? answer.map(() => ({})) : nothing({})]),
      ),
    );
    if (!table.anyName)
      await tryWith(
        'other names',
        Object.fromEntries(calls.map(([name, answer]) => [name, renamed(answer)])),
      );
    for (const [name, answer] of calls) {
      if (!mayBeEmpty.includes(name)) await tryWith(`nothing of ${name}`, { [name]: nothing(answer) });
      if (!mayFail.includes(name)) await tryWith(`an error of ${name}`, { [name]: refused('no') });
      if (!Array.isArray(answer)) continue;
      for (const property of asked.get(name) ?? [])
        if (!shown.includes(property) && !shown.includes(`${name}.${property}`))
          await tryWith(`no ${property} of ${name}`, { [name]: without(answer, property) });
    }
    expect(passed).toEqual([]);
  });
});
