import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type DrillReport, drillSite } from '../../src/drill/drill-site.ts';
import { readRecord } from '../../src/drill/record.ts';
import { scenarios } from '../../src/drill/scenarios.ts';
import { CallError, SessionError } from '../../src/errors.ts';
import type { FaultName } from '../../src/sandbox/node/faults.ts';
import type { AgentCall, Session } from '../../src/session/session.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';
import { standInSession } from '../verify/storage/stand-in-session.ts';
import { acted, pause, scenarioOf } from './acted.ts';
import { aCluster, aSite, share, type TestCluster, watched } from './cluster.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
let count = 0;

async function aFolder(): Promise<string> {
  const path = join(folder, String(++count));
  await mkdir(path);
  return path;
}

// On a throw-away share somebody has to write: load.test.ts.
const names = scenarios.flatMap(({ name, control }) => (control ? [] : [name]));
const acting = /^(Move|Suspend|Resume|Stop|Start)-/;

interface Given {
  readonly scenario?: string;
  readonly yes?: false;
  readonly wrap?: (session: Session) => Session;
  readonly ask?: (question: string) => Promise<boolean>;
}

/** A whole drill of a site, as the verb does it; with what was done to the cluster. */
async function drilled(
  cluster: TestCluster,
  directory: string,
  { scenario, yes, wrap = (session) => session, ask }: Given = {},
): Promise<DrillReport & { readonly done: readonly string[] }> {
  const done: string[] = [];
  const note = ({ name }: AgentCall): void => void (acting.test(String(name)) && done.push(String(name)));
  const found = await drillSite({
    ...{ deployment: aSite(directory), share, pause },
    ...(scenario !== undefined && { scenario: scenarioOf(scenario) }),
    flags: yes === false ? {} : { yes: true },
    context: {
      ...{ print: () => {}, emit: () => {}, interactive: false },
      ...(ask && { ask }),
      async open({ name }) {
        const node = cluster.nodes.find((one) => one.name === name);
        if (!node) throw new SessionError(name, 'unreachable', 'no such node');
        return watched(wrap(standInSession(node)), { before: note });
      },
    },
  });
  return { ...found, done };
}

const recordIn = (directory: string): string => join(directory, '.oriel', 'images-test', 'drill.json');

describe.each(names)('%s', (scenario) => {
  it('passes on a healthy cluster, and leaves it as it was', async () => {
    const directory = await aFolder();
    const cluster = await aCluster(directory);
    const before = await cluster.state();
    const { code, results, moments, done } = await drilled(cluster, directory, { scenario });
    expect(results.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')).toEqual([]);
    expect(code).toBe(0);
    const own = results.filter(({ check }) => check.startsWith('drill/'));
    expect(own.map(({ check }) => check.split('/')[1])).toEqual([
      ...['precondition', scenarioOf(scenario).check, 'load', 'restore'],
    ]);
    expect(own.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'skip', 'pass']);
    expect(own[2]?.message).toMatch(/^nothing was written meanwhile: glance-1: /);
    expect(done.length).toBeGreaterThan(1);
    expect(moments.map(({ text }) => text).join('\n')).toContain(done[0]);
    expect(await cluster.state()).toEqual(before);
    expect(existsSync(recordIn(directory))).toBe(false);
  });

  it.each([
    ['cluster-node-down', /S2D-2 is Down/],
    ['storage-degraded', /not Healthy|Degraded|Warning/i],
    ['sto-18-repair-stuck', /repair/],
  ] as const)('is refused with %s, and does nothing', async (fault, reason) => {
    const directory = await aFolder();
    const cluster = await aCluster(directory, fault as FaultName);
    const { code, results, done } = await drilled(cluster, directory, { scenario });
    expect([code, done]).toEqual([1, []]);
    const bad = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
    expect(bad.map(({ message }) => message).join('\n')).toMatch(reason);
    for (const { remedy } of bad) expect(remedy).toMatch(/\w/);
    expect(existsSync(recordIn(directory))).toBe(false);
  });
});

describe('a drill', () => {
  it('of which an earlier one did not end brings that back first, and says what', async () => {
    const directory = await aFolder();
    const cluster = await aCluster(directory);
    const before = await cluster.state();
    const wrap = (session: Session): Session =>
      watched(session, {
        after: ({ name }) => {
          if (name === 'Suspend-ClusterNode') throw new Error('killed');
        },
      });
    await expect(drilled(cluster, directory, { scenario: 'drain', wrap })).rejects.toThrow('killed');
    expect((await cluster.state()).nodes[0]).toMatchObject({ state: 'Paused' });
    const { code, results, done } = await drilled(cluster, directory, { scenario: 'role-move' });
    expect([code, done[0]]).toEqual([0, 'Resume-ClusterNode']);
    expect(results[0]).toMatchObject({ check: 'drill/restore/images', verdict: 'pass' });
    expect(results.at(-3)).toMatchObject({ check: 'drill/STO-42/images', verdict: 'pass' });
    expect(await cluster.state()).toEqual(before);
  });

  it('--restore without anything to bring back does nothing', async () => {
    const directory = await aFolder();
    const { code, results, done } = await drilled(await aCluster(directory), directory);
    expect([code, results, done]).toEqual([0, [], []]);
  });

  it('does nothing where nobody agrees, and cannot where nobody can be asked', async () => {
    const directory = await aFolder();
    const cluster = await aCluster(directory);
    const questions: string[] = [];
    const ask = async (question: string): Promise<boolean> => {
      questions.push(question);
      return false;
    };
    const declined = await drilled(cluster, directory, { scenario: 'drain', yes: false, ask });
    expect([declined.code, declined.done]).toEqual([0, []]);
    expect(questions).toEqual([expect.stringContaining('Take the node S2D-1 out of the cluster')]);
    await expect(drilled(cluster, directory, { scenario: 'drain', yes: false })).rejects.toThrow('--yes');
  });

  it('fails where the cluster refuses, and says why', async () => {
    const directory = await aFolder();
    const cluster = await aCluster(directory);
    const wrap = (session: Session): Session =>
      watched(session, {
        before: ({ name }) => {
          if (name === 'Move-ClusterSharedVolume')
            throw new CallError(session.node, 'Invoke-Cmdlet', 'Busy', 'the volume is busy');
        },
      });
    const { code, results } = await drilled(cluster, directory, { scenario: 'owner-move', wrap });
    expect(code).toBe(1);
    const own = results.filter(({ check }) => /STO-41|restore/.test(check));
    expect(own).toMatchObject([
      { verdict: 'fail', message: 'Move-ClusterSharedVolume failed: the volume is busy' },
      { verdict: 'pass' },
    ]);
  });

  it('keeps the record where it cannot bring back', async () => {
    const directory = await aFolder();
    const cluster = await aCluster(directory);
    const wrap = (session: Session): Session => ({
      ...session,
      async call<Result>(call: AgentCall): Promise<Result> {
        if (call.name === 'Resume-ClusterNode')
          throw new CallError(session.node, 'Invoke-Cmdlet', 'Busy', 'not now');
        return session.call<Result>(call);
      },
    });
    const path = join(directory, 'drill.json');
    const { acted: first, restored } = await acted('drain', cluster, path, { wrap });
    expect(first.found).toMatchObject({ verdict: 'pass' });
    expect(restored.found).toMatchObject({
      verdict: 'fail',
      message: 'S2D-1 is Paused',
      remedy: expect.stringContaining('Resume-ClusterNode -Name S2D-1 -Failback Immediate'),
    });
    expect(await readRecord(path)).toMatchObject({ node: 'S2D-1' });
  });
});
