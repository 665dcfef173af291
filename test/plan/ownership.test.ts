import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isOwned, ownedByJournal, ownershipByJournal } from '../../src/plan/journal/ownership.ts';
import { accountRight } from '../../src/resources/account-right/resource.ts';
import { declare } from '../../src/resources/model/resource.ts';
import type { Action } from '../../src/resources/model/state.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-made-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const step = 'n1/glance/account-right/log-on-as-service';
const glance = { account: 'EXAMPLE\\glance$', right: 'SeServiceLogonRight' };
const right = (account = glance.account) =>
  declare({
    resource: accountRight,
    node: 'n1',
    component: 'glance',
    name: 'log-on-as-service',
    needs: [],
    spec: { ensure: 'present', account, right: glance.right },
  });

const base = { time: '2026-01-01T00:00:00.000Z', run: 'r', step, node: 'n1' };
const begins = (action: Action, identity: object = glance): object => ({
  ...{ ...base, kind: 'step-started', action, changes: [], identity },
});
const ends = (result: string): object => ({
  ...{ ...base, kind: 'step-finished', result, seconds: 0, reason: '' },
});

async function journalOf(events: readonly object[]): Promise<string> {
  const journal = join(folder, `${Math.random()}.jsonl`);
  await writeFile(journal, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return journal;
}

async function isOwnedAfter(...events: readonly object[]): Promise<boolean> {
  return isOwned(right(), await ownedByJournal(await journalOf(events)));
}

describe('what a journal says was made', () => {
  test.each<[string, boolean, readonly object[]]>([
    ['nothing', false, []],
    ['that it was there', false, [ends('unchanged')]],
    ['that it was made', true, [begins('create'), ends('changed')]],
    ['that a run was killed in the middle of it', true, [begins('create')]],
    ['that the next run found it so', true, [begins('create'), ends('unchanged')]],
    ['that making it failed', false, [begins('create'), ends('failed')]],
    ['that it failed and was there later', false, [begins('create'), ends('failed'), ends('unchanged')]],
    ['that it was set otherwise', false, [begins('update'), ends('changed')]],
    ['that it was taken away', false, [begins('create'), ends('changed'), begins('remove'), ends('changed')]],
    ['that it is still there', true, [begins('create'), ends('changed'), begins('remove'), ends('failed')]],
    ['that another account got it', false, [begins('create', { ...glance, account: 'x' }), ends('changed')]],
  ])('%s', async (_, expected, events) => {
    expect(await isOwnedAfter(...events)).toBe(expected);
  });

  test('what a step made before is told beside what it made since (deploy row 9)', async () => {
    const other = { ...glance, account: 'EXAMPLE\\images$' };
    const both = [begins('create'), ends('changed'), begins('create', other), ends('changed')];
    const madeBy = async (...events: readonly object[]) =>
      (await ownershipByJournal(await journalOf(events))).made.map(({ identity }) => identity);
    expect(await madeBy(...both)).toEqual([glance, other]);
    // A step of another name may take it away.
    const gone = [begins('remove'), ends('changed')].map((event) => ({ ...event, step: `${step}-before` }));
    expect(await madeBy(...both, ...gone)).toEqual([other]);
    expect(await madeBy(...both, ...gone.slice(0, 1))).toEqual([glance, other]);
    expect(await madeBy(...both, ...gone, begins('create'), ends('changed'))).toEqual([other, glance]);
  });

  test('nothing where there is no journal', async () => {
    expect(await ownedByJournal(join(folder, 'none.jsonl'))).toEqual(new Map());
  });
});
