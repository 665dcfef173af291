import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { isSealed, readPlan } from '../../src/plan/saved/saved-plan.ts';
import { allMeantBy } from './meaning.ts';
import { left } from './version-1.ts';

/** Says how to have another one: whoever reads it has no other way on. */
const wayOn = /save .*: oriel plan SITE --out FILE/;

function hintsOf(error: unknown): string {
  if (!(error instanceof InputError)) throw error;
  return error.problems.map(({ hint = '' }) => hint).join('\n');
}

test('a plan that version 1 saved is read whole, or refused with what to do', async () => {
  const found = await readPlan(join(left, 'saved.json')).catch((error: unknown) => error);
  if (found instanceof Error) return expect(hintsOf(found)).toMatch(wayOn);
  const plan = found as NonNullable<Awaited<ReturnType<typeof readPlan>>>;
  expect(isSealed(plan, await readFile(join(left, 'state/salt'), 'ascii'))).toBe(true);
  expect(allMeantBy(plan.steps.map(({ id }) => id))).toEqual([
    'glance-1 file glance-api.conf',
    'glance-2 file glance-api.conf',
  ]);
});

test('a plan that version 1 printed is refused with what to do', async () => {
  const refused = await readPlan(join(left, 'printed.json')).catch((error: unknown) => error);
  expect(hintsOf(refused)).toMatch(wayOn);
});
