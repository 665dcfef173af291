import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply } from '../../src/commands/deploy/apply.ts';
import { plan } from '../../src/commands/deploy/plan.ts';
import { remove } from '../../src/commands/deploy/remove.ts';
import { rollback } from '../../src/commands/deploy/rollback.ts';
import { status } from '../../src/commands/inspect/status.ts';
import type { statusOf } from '../../src/plan/journal/node-status.ts';
import { summarizeJournal } from '../../src/plan/journal/summary.ts';
import type { Plan } from '../../src/plan/model/plan.ts';
import { runVerb } from '../commands/verb.ts';
import { allMeantBy, meantBy } from './meaning.ts';
import { type Restored, restore } from './version-1.ts';

const minutes = 5 * 60_000;
/** The identity service is none of these nodes; what the journal says of it is asked in journal.test.ts. */
const both = ['--node', 'glance-1', '--node', 'glance-2'];
const first = '20261130T162525-8282dd';
const upgrade = '20261130T163001-6dd143';

type NodeStatus = ReturnType<typeof statusOf>[number];

/** Files that are written otherwise by now, and what follows from a file that changes. */
const newer = (node: string) =>
  [...['file glance-api-paste.ini', 'generation glance'], 'service oriel-glance-api'].map(
    (step) => `${node} ${step}`,
  );
/** What a test changes. */
const byHand = ['glance-1 firewall-rule oriel-glance-api', 'glance-2 file glance-manage.conf'];
const awaited = (node: string) =>
  ['http-health glance', 'service-workers oriel-glance-api'].map((step) => `${node} ${step}`);

// One after the other: each finds what the one before has left.
describe('nodes that version 1 has deployed', () => {
  let restored: Restored;
  beforeAll(async () => {
    restored = await restore();
  }, minutes);
  afterAll(() => restored?.close());

  async function planned(...flags: readonly string[]): Promise<Pick<Plan, 'steps' | 'interruptions'>> {
    const { code, printed } = await runVerb(plan, ['plan', restored.site, '--format', 'json', ...flags]);
    expect(code).toBe(0);
    return JSON.parse(printed);
  }

  const changing = ({ steps }: Pick<Plan, 'steps'>) =>
    allMeantBy(steps.filter(({ action }) => action !== 'none').map(({ id }) => id));

  test('need only what is written otherwise by now', { timeout: minutes }, async () => {
    const found = await planned(...both);
    const expected = ['glance-1', 'glance-2'].flatMap((node) => [...newer(node), ...awaited(node)]);
    expect(changing(found)).toEqual(expected.sort());
    expect(found.steps).toHaveLength(53);
  });

  test('have the steps that old patterns name', { timeout: minutes }, async () => {
    const patterns = ['file/policy.yaml', 'glance-2/directory/p*', 'glance-1/smb-share/images'];
    const { steps } = await planned(...both, ...patterns.flatMap((pattern) => ['--only', pattern]));
    expect(allMeantBy(steps.map(({ id }) => id))).toEqual([
      'glance-1 directory images',
      'glance-1 file policy.yaml',
      'glance-1 folder-attributes images',
      'glance-1 smb-share images',
      'glance-2 directory packages',
      'glance-2 file policy.yaml',
    ]);
  });

  test('go back to what they had before the upgrade', { timeout: minutes }, async () => {
    const asked: string[] = [];
    const { printed } = await runVerb(rollback, ['rollback', restored.site, ...both], async (question) => {
      asked.push(question);
      return false;
    });
    expect(asked).toHaveLength(1);
    for (const word of ['28.2.0', 'glance-1', 'glance-2']) expect(asked[0]).toContain(word);
    // How long each was away when it got another package.
    for (const seconds of [/\b16 s\b/, /\b9\.1 s\b/]) expect(printed).toMatch(seconds);
  });

  test('show what was changed by hand since, and how long it takes to mend', {
    timeout: minutes,
  }, async () => {
    const manage = 'C:\\ProgramData\\oriel\\glance\\etc\\glance-manage.conf';
    await appendFile(restored.hostPath('glance-2', manage), '# by hand\n');
    const rule = ['firewall-rule', 'oriel-glance-api'] as const;
    const { memory } = restored;
    memory('glance-1').set(...rule, { ...(memory('glance-1').get(...rule) as object), localPort: ['9999'] });
    const found = await planned(...both);
    const expected = ['glance-1', 'glance-2'].flatMap((node) => [...newer(node), ...awaited(node)]);
    expect(changing(found)).toEqual([...expected, ...byHand].sort());
    const marks = found.steps.flatMap(({ id, since }) => (since ? [[meantBy(id), since] as const] : []));
    expect(marks).toMatchObject([
      ['glance-1 firewall-rule oriel-glance-api', { run: first, verb: 'apply', who: 'root@vm' }],
      ['glance-2 file glance-manage.conf', { run: upgrade, verb: 'upgrade', who: 'root@vm' }],
    ]);
    expect(found.interruptions).toEqual([
      { node: 'glance-1', service: 'oriel-glance-api', effect: 'restart', seconds: 4.9, runs: 3 },
      { node: 'glance-2', service: 'oriel-glance-api', effect: 'restart', seconds: 6.2, runs: 2 },
    ]);
  });

  test('have a status with the last run and the mark', { timeout: minutes }, async () => {
    const { printed } = await runVerb(status, ['status', restored.site, '--json', ...both]);
    const { nodes } = JSON.parse(printed);
    for (const node of nodes) expect(node.lastRun).toMatchObject({ run: upgrade, result: 'done' });
    const drift = [...newer('glance-1'), ...newer('glance-2'), ...byHand];
    expect(allMeantBy(nodes.flatMap((node: NodeStatus) => node.drift))).toEqual(drift.sort());
    const marks = nodes.flatMap(({ byHand }: NodeStatus) => byHand.map(({ step }) => step));
    expect(allMeantBy(marks)).toEqual(byHand);
  });

  test('are mended by a run whose words the same journal has after those of version 1', {
    timeout: minutes,
  }, async () => {
    const text = await readFile(restored.site, 'utf8');
    await writeFile(restored.site, `${text.replace('workers: 2', 'workers: 3')}\nrollout: { settle: 0s }\n`);
    restored.setWorkers(3);
    const { code } = await runVerb(apply, ['apply', restored.site, '--yes', '--node', 'glance-2']);
    expect(code).toBe(0);
    const { steps, outages } = await summarizeJournal(restored.journal);
    const mended = [...steps].filter(([, { run }]) => run > upgrade).map(([id]) => id);
    expect(allMeantBy(mended)).toEqual(
      [...newer('glance-2'), 'glance-2 file glance-api.conf', 'glance-2 file glance-manage.conf'].sort(),
    );
    // One entry for one step, whatever its id was called before.
    expect(new Set(allMeantBy(steps.keys())).size).toBe(steps.size);
    expect(outages.at(-1)).toMatchObject({ node: 'glance-2', effect: 'restart' });
    expect(outages).toHaveLength(10);
    const asked: string[] = [];
    await runVerb(rollback, ['rollback', restored.site, '--node', 'glance-2'], async (question) => {
      asked.push(question);
      return false;
    });
    // What it had before that run, with two workers.
    expect(asked[0]).toContain('29.2.1');
  });

  test('lose what runs made, and keep what others gave', { timeout: minutes }, async () => {
    const { code, facts } = await runVerb(remove, ['remove', restored.site, '--yes', ...both]);
    const ended = facts.flatMap((fact) => (fact.kind === 'step-finished' ? [fact] : []));
    const own = ['firewall-rule oriel-glance-api', 'package oriel-glance', 'certificate example-ca'];
    const folders = ['config', 'kept', 'lock', 'packages'].map((name) => `directory ${name}`);
    const ofFirst = ['account-right log-on-as-batch-job', 'account-right log-on-as-service'];
    expect(allMeantBy(ended.flatMap(({ step, result }) => (result === 'changed' ? [step] : [])))).toEqual(
      [
        ...[...own, ...folders, ...ofFirst, 'scheduled-task .others', 'smb-share images'].map(
          (step) => `glance-1 ${step}`,
        ),
        ...[...own, ...folders].map((step) => `glance-2 ${step}`),
      ].sort(),
    );
    expect(code).toBe(0);
    const account = 'EXAMPLE\\glance$';
    const holders = (node: 'glance-1' | 'glance-2') =>
      restored.memory(node).get('account-right', 'SeServiceLogonRight');
    expect(holders('glance-1')).not.toContain(account);
    expect(holders('glance-2')).toContain(account);
    const notes = facts.flatMap((fact) => (fact.kind === 'note' ? [fact.message] : [])).join('\n');
    expect(notes).toMatch(/glance-2\/\S*account-right\/log-on-as-service/);
    expect(notes).not.toMatch(/glance-1\/\S*account-right/);
  });
});
