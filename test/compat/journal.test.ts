import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSite } from '../../src/components/index.ts';
import { externalGrants } from '../../src/deploy/removal.ts';
import { beforeLastRun, chooseNamed } from '../../src/deploy/rollback/choose-generation.ts';
import { changingRuns } from '../../src/plan/journal/changing-runs.ts';
import { isOwned, ownedByJournal } from '../../src/plan/journal/ownership.ts';
import { lastRuns } from '../../src/plan/journal/runs.ts';
import { summarizeJournal } from '../../src/plan/journal/summary.ts';
import type { Generation } from '../../src/resources/generation/resource.ts';
import { type Declaration, idOf } from '../../src/resources/model/resource.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';
import { allMeantBy, meantBy } from './meaning.ts';
import { journal, left } from './version-1.ts';

const nodes = ['glance-1', 'glance-2'];
/** The runs of the journal, by what they did. */
const runs = {
  first: '20261130T162525-8282dd',
  second: '20261130T162610-e3650d',
  workers: '20261130T162640-7bf06e',
  killed: '20261130T162713-b5cb90',
  failed: '20261130T162838-d19cb9',
  mended: '20261130T162903-da453c',
  byHand: '20261130T162939-0818ea',
  upgrade: '20261130T163001-6dd143',
};

/** What each node keeps, as its own index has it. */
async function keptOf(): Promise<ReadonlyMap<string, readonly Generation[]>> {
  const found = nodes.map(async (node) => {
    const text = await readFile(join(left, 'nodes', node, 'oriel/kept/index.json'), 'utf8');
    return [node, JSON.parse(text).generations] as const;
  });
  return new Map(await Promise.all(found));
}

const namesOf = (targets: ReadonlyMap<string, Generation>) =>
  Object.fromEntries([...targets].map(([node, { name }]) => [node, name]));

/** Whether a thing was made by runs from here, as a journal says that begins with some lines and goes on with some events. */
async function isOursAfter(one: Declaration, lines: readonly string[], events: readonly object[]) {
  const { folder, remove } = await temporaryFolder();
  const path = join(folder, 'journal.jsonl');
  const all = [...lines.filter(Boolean), ...events.map((event) => JSON.stringify(event))];
  await writeFile(path, `${all.join('\n')}\n`);
  const ours = isOwned(one, await ownedByJournal(path));
  await remove();
  return ours;
}

describe('the journal of version 1', () => {
  test('has the same history', async () => {
    const history = await lastRuns(journal, 20);
    expect(history.torn).toBe(0);
    expect(
      history.runs.map(({ run, verb, seconds, changed, unchanged, failed, skipped }) => [
        ...[run, verb, seconds === null ? 'no end' : 'ended'],
        ...[changed, unchanged, failed, skipped],
      ]),
    ).toEqual([
      [runs.first, 'apply', 'ended', 22, 5, 0, 0],
      [runs.second, 'apply', 'ended', 19, 35, 0, 0],
      [runs.workers, 'apply', 'ended', 6, 48, 0, 0],
      [runs.killed, 'apply', 'no end', 1, 24, 0, 0],
      [runs.failed, 'apply', 'ended', 3, 38, 1, 12],
      [runs.mended, 'apply', 'ended', 3, 51, 0, 0],
      [runs.byHand, 'apply', 'ended', 2, 52, 0, 0],
      [runs.upgrade, 'upgrade', 'ended', 14, 40, 0, 0],
    ]);
  });

  test('says what of accounts, file servers and services was given by runs from here, and what others gave', async () => {
    const made = await ownedByJournal(journal);
    const given = externalGrants(await loadSite(join(left, 'site.yaml'), { secrets: 'placeholder' }), true);
    const ours = given.filter((one) => isOwned(one, made));
    expect(allMeantBy(ours.map(idOf))).toEqual([
      'glance-1 account-right log-on-as-batch-job',
      'glance-1 account-right log-on-as-service',
      'glance-1 certificate example-ca',
      'glance-1 smb-share images',
      'glance-2 certificate example-ca',
      'keystone keystone-endpoint admin',
      'keystone keystone-endpoint internal',
      'keystone keystone-endpoint public',
      'keystone keystone-service glance',
    ]);
    expect(allMeantBy(given.filter((one) => !isOwned(one, made)).map(idOf))).toEqual([
      'glance-2 account-right log-on-as-batch-job',
      'glance-2 account-right log-on-as-service',
      'keystone keystone-role admin',
      'keystone keystone-user glance',
    ]);
  });

  test('goes on in the words of today: what was begun then is ended now, and what was made then is taken away', async () => {
    const given = externalGrants(await loadSite(join(left, 'site.yaml'), { secrets: 'placeholder' }), true);
    const share = given.find((one) => meantBy(idOf(one)) === 'glance-1 smb-share images') as Declaration;
    const lines = (await readFile(journal, 'utf8')).split('\n');
    const begun = lines.slice(0, lines.findIndex((line) => /"step-started".*smb-share/.test(line)) + 1);
    const later = { time: '2027-01-01T00:00:00.000Z', run: 'later', step: idOf(share), node: 'glance-1' };
    const ends = (result: string) => ({ ...later, kind: 'step-finished', result, seconds: 0, reason: '' });
    const removes = { ...later, kind: 'step-started', action: 'remove', changes: [] };
    expect(await isOursAfter(share, begun, [])).toBe(true);
    expect(await isOursAfter(share, begun, [ends('unchanged')])).toBe(true);
    expect(await isOursAfter(share, begun, [ends('failed')])).toBe(false);
    expect(await isOursAfter(share, lines, [removes, ends('changed')])).toBe(false);
    expect(await isOursAfter(share, lines, [removes, ends('failed')])).toBe(true);
  });

  test('leads a rollback to what each node had before the upgrade', async () => {
    const kept = await keptOf();
    const changing = await changingRuns(journal, 'glance');
    const before = { 'glance-1': '28.2.0-1ca60e3d98be', 'glance-2': '28.2.0-27758cf2b67d' };
    expect(namesOf(beforeLastRun(kept, changing, nodes))).toEqual(before);
    expect(namesOf(chooseNamed(kept, changing, '2024.1'))).toEqual(before);
    const now = { 'glance-1': '29.2.1-1464220ea27d', 'glance-2': '29.2.1-801e78253369' };
    expect(namesOf(chooseNamed(kept, changing, runs.upgrade))).toEqual(now);
    const first = new Map([...kept].slice(0, 1));
    const mended = { 'glance-1': before['glance-1'] };
    for (const run of [runs.mended, runs.byHand])
      expect(namesOf(chooseNamed(first, changing, run))).toEqual(mended);
  });

  test('says which runs changed which nodes, and whether they came to keep something', async () => {
    const changing = await changingRuns(journal, 'glance');
    expect(
      changing.map(({ run, nodes: changed }) => [
        run,
        ...[...changed].map(([node, kept]) => `${node} ${kept ? 'kept' : 'began'}`).sort(),
      ]),
    ).toEqual([
      [runs.first, 'glance-1 kept'],
      [runs.second, 'glance-2 kept', 'keystone began'],
      [runs.workers, 'glance-1 kept', 'glance-2 kept'],
      [runs.killed, 'glance-1 began'],
      [runs.failed, 'glance-1 kept'],
      [runs.mended, 'glance-1 kept'],
      [runs.byHand, 'glance-2 began'],
      [runs.upgrade, 'glance-1 kept', 'glance-2 kept'],
    ]);
  });

  test('says what each step was last brought to, by which run', async () => {
    const { steps, nodes: last } = await summarizeJournal(journal);
    const runOf = new Map([...steps].map(([id, { run }]) => [meantBy(id), run]));
    expect(runOf.size).toBe(steps.size);
    expect(runOf.size).toBe(41);
    for (const node of nodes) {
      expect(last.get(node)).toMatchObject({ run: runs.upgrade, verb: 'upgrade', result: 'done' });
      expect(runOf.get(`${node} file glance-api.conf`)).toBe(runs.upgrade);
      expect(runOf.get(`${node} generation glance`)).toBe(runs.upgrade);
    }
    expect(runOf.get('glance-1 smb-share images')).toBe(runs.first);
    expect(runOf.get('glance-2 certificate example-ca')).toBe(runs.second);
    expect(runOf.get('keystone keystone-service glance')).toBe(runs.second);
    expect(runOf.has('glance-2 account-right log-on-as-service')).toBe(false);
  });

  test('says how long services were away, and why', async () => {
    const { outages } = await summarizeJournal(journal);
    expect(outages.map(({ node, effect, seconds }) => [node, effect, seconds])).toEqual([
      ['glance-1', 'install', 17.4],
      ['glance-2', 'install', 6.7],
      ['glance-1', 'restart', 5.2],
      ['glance-2', 'restart', 2.7],
      ['glance-1', 'restart', 4.9],
      ['glance-1', 'restart', 3.4],
      ['glance-2', 'restart', 6.2],
      ['glance-1', 'replace', 15.7],
      ['glance-2', 'replace', 9.1],
    ]);
  });
});
