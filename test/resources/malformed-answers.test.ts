import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ResourceError } from '../../src/errors.ts';
import { checkIdentityAnswer } from '../../src/identity/answers.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { observe } from '../../src/plan/observe/observe.ts';
import { planHtml } from '../../src/report/pages/plan-html.ts';
import { planTable } from '../../src/report/plan-table.ts';
import { kinds } from '../../src/resources/index.ts';
import { type Declaration, declare, type Resource } from '../../src/resources/model/resource.ts';
import { checkAnswer } from '../../src/session/agent-link/answers.ts';
import type { Session } from '../../src/session/session.ts';
import { checkedSession } from '../fixtures/checked-session.ts';

const names = Object.keys(kinds) as (keyof typeof kinds)[];
const evil = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egnp.exe\r\n= all is well';

/** A session of a node that answers every call with the same; of the identity service as its endpoint checks it. */
function lying(kind: string, answer: (call: number) => unknown): Session {
  let calls = 0;
  const check = kind.startsWith('keystone') ? checkIdentityAnswer : checkAnswer;
  const session: Session = {
    node: 'glance-1',
    kind: 'node',
    hello: { hello: 1, agent: '1', powershell: '5.1', pid: 1, platform: 'windows' },
    call: async <Result>() => answer(calls++) as Result,
    put: () => Promise.reject(new TypeError('nothing is put')),
    get: () => Promise.reject(new TypeError('nothing is got')),
    close: async () => {},
  };
  return checkedSession(session, check);
}

function declaredOf(
  kind: keyof typeof kinds,
  spec: unknown = kinds[kind].reference.examples[0],
): Declaration {
  const resource = kinds[kind].resource as Resource<unknown>;
  return declare({ resource, node: 'glance-1', component: 'test', name: 'thing', needs: [], spec });
}

let deep: unknown = 'x';
for (let level = 0; level < 50_000; level++) deep = [deep];
const malformed: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['a text', evil],
  ['a number', Number.NaN],
  [
    'numbers in place of everything',
    { exists: 7, kind: 7, products: 7, schema: 7, ok: 7, accounts: 7, state: 7 },
  ],
  ['a text without end', { exists: true, kind: 'a'.repeat(5e6), status: 'a'.repeat(5e6) }],
  ['a list without end', { exists: true, localPort: Array(1e5).fill('1'), products: Array(1e5).fill({}) }],
  ['a pit', deep],
  ['a prototype', JSON.parse('{"__proto__":{"exists":true},"exists":{"__proto__":{}}}')],
];

describe.each(names)('a node with malformed answers about a %s', (kind) => {
  test.each(malformed)('by %s is not believed, and what is said of it is short', async (_, lie) => {
    const error = await observe(
      declaredOf(kind),
      lying(kind, () => lie),
    ).then(
      () => expect.fail('it was believed'),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ResourceError);
    expect((error as Error).message.length).toBeLessThan(1_500);
  });

  test('in texts that a terminal would act on says them, and no more', async () => {
    const folder = join(import.meta.dirname, '../cases/resources', kind);
    for (const file of readdirSync(folder)) {
      const { spec, results, refused } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      if (refused || JSON.stringify(spec).includes('"secret"')) continue;
      const session = lying(kind, (call) => spoiled(results[call % results.length]));
      const deployment = { name: 'images', release: '2024.2' } as const;
      const made = await makePlan(deployment, [declaredOf(kind, spec)], new Map([['glance-1', session]]));
      for (const text of [planTable(made), planHtml(made)])
        expect(text, file).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
    }
  });
});

/** The same answer with every text in it replaced, where that is still an answer, and with a new one in every object. */
function spoiled(value: unknown): unknown {
  if (typeof value === 'string') return evil;
  if (Array.isArray(value)) return value.map(spoiled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoiled(inner)]));
}
