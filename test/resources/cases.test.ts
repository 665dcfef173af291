import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { identityAnswerProblem, identityAnswers } from '../../src/identity/answers.ts';
import { diff } from '../../src/plan/model/diff.ts';
import { kinds } from '../../src/resources/index.ts';
import type { Failure, Resource, UnreadableState } from '../../src/resources/model/resource.ts';
import type { State } from '../../src/resources/model/state.ts';
import { Secret } from '../../src/secret.ts';
import { answerProblem } from '../../src/session/agent-link/answers.ts';

/** One situation of one kind of resource: what is wanted, what the node answers, and what follows from the two. */
interface Case {
  readonly title: string;
  /** `{ "secret": NAME, "value": VALUE }` stands for a Secret. */
  readonly spec: object;
  readonly observe: readonly object[];
  readonly results: readonly unknown[];
  /** The results are none that the protocol knows, so nobody reads them. */
  readonly refused?: true;
  readonly state?: State | UnreadableState;
  readonly desired?: State;
  /** Properties that differ. */
  readonly changes?: readonly string[];
  /** What is done about it; absent where nothing differs. */
  readonly work?: readonly object[];
  readonly failure?: Failure;
  readonly explanation?: object;
}

const root = join(import.meta.dirname, '../cases/resources');
const situations = ['absent', 'equal', 'different', 'unobservable', 'change-fails'];

for (const [kind, { resource: own, reference }] of Object.entries(kinds)) {
  const resource = own as Resource<unknown>;
  const files = readdirSync(join(root, kind));
  describe(kind, () => {
    test.each(files)('%s', (file) =>
      check(resource, JSON.parse(readFileSync(join(root, kind, file), 'utf8'))),
    );

    test('has a manual that names everything it compares', () => {
      const { examples, observed } = reference;
      const compared = examples.flatMap((spec) => Object.keys(resource.desired(spec)));
      expect(Object.keys(observed)).toEqual(expect.arrayContaining(compared));
    });

    test('has a case of every situation', () => {
      const names = files.map((file) => file.replace(/\.json$/, ''));
      expect(situations.filter((situation) => !names.some((name) => name.startsWith(situation)))).toEqual([]);
    });
  });
}

function check(resource: Resource<unknown>, one: Case): void {
  const spec = revive(one.spec);
  expect(plain(resource.observe(spec)), 'observe').toEqual(one.observe);
  const problems = one.results.map((result, index) =>
    problemWith(String(resource.observe(spec)[index]?.call), result),
  );
  expect(
    problems.some((problem) => problem !== undefined),
    problems.join(),
  ).toBe(one.refused ?? false);
  if (one.refused) return;
  const state = resource.read(spec, one.results);
  expect(state, 'state').toEqual(one.state);
  if (one.failure) expect(resource.explain?.(spec, one.failure), 'explanation').toEqual(one.explanation);
  if (typeof state.unreadable === 'string') return;
  const desired = resource.desired(spec);
  expect(desired, 'desired').toEqual(one.desired);
  const changes = diff(desired, state as State);
  expect(changes.map(({ property }) => property)).toEqual(one.changes);
  if (changes.length > 0) expect(plain(resource.change(spec, state as State)), 'work').toEqual(one.work);
  for (const secret of secretsIn(one.spec)) {
    expect(JSON.stringify([desired, state, changes, resource.observe(spec)])).not.toContain(secret);
  }
}

function problemWith(call: string, result: unknown): string | undefined {
  const problem = call in identityAnswers ? identityAnswerProblem : answerProblem;
  return problem(call, result);
}

/** As a plan shows it: a secret by its name. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(revive);
  if ('secret' in value && 'value' in value) return new Secret(String(value.secret), String(value.value));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}

function secretsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('secret' in value && 'value' in value) return [String(value.value)];
  return Object.values(value).flatMap(secretsIn);
}
