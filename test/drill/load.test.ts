import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { dataFile } from '../../src/data-files.ts';
import { drillSite } from '../../src/drill/drill-site.ts';
import { judgeLoad, type LoadReport } from '../../src/drill/load.ts';
import { readRecord } from '../../src/drill/record.ts';
import type { AgentCall, Session } from '../../src/session/session.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';
import { aProbeNode, type ProbeNode } from '../verify/storage/probe-node.ts';
import { standInSession } from '../verify/storage/stand-in-session.ts';
import { scenarioOf } from './acted.ts';
import { aCluster, aSite, share, type TestCluster, watched } from './cluster.ts';

// Drills with the real load, run by a Task Scheduler of this test on folders of this machine.
const hasPython = spawnSync('python3', ['-c', '']).status === 0;
const { folder, remove } = await temporaryFolder();
afterAll(remove);
let count = 0;
let own: string;
let cluster: TestCluster;
let writer: ProbeNode;
let writers: ChildProcess[];
let program: string;
const at = (name: string): string => join(own, name);

beforeEach(async () => {
  own = join(folder, String(++count));
  for (const name of ['share', 'control', 'logs']) mkdirSync(at(name), { recursive: true });
  cluster = await aCluster(own);
  [writers, program] = [[], dataFile('msi', 'launcher', 'oriel_load.py')];
  const places = () => [
    [windowsPaths.load, program] as const,
    [share.path.replace('images', 'oriel-drill-images'), at('control')] as const,
    [share.path, at('share')] as const,
    [windowsPaths.logs, at('logs')] as const,
  ];
  const here = (path: string): string => {
    const [from, to] = places().find(([start]) => path.startsWith(start)) ?? ['', ''];
    return path.replace(from, () => to).replaceAll('\\', '/');
  };
  writer = aProbeNode({
    here,
    start(words) {
      const started = spawn(
        'python3',
        words.map((word) => (word.includes('\\') ? here(word) : word)),
        {
          stdio: 'ignore',
        },
      );
      writers.push(started);
      return started;
    },
  });
});

/** A whole drill; `on` is told of what is done to the cluster. */
function drilled(scenario: string | undefined, on: (call: AgentCall) => void = () => {}) {
  return drillSite({
    ...{ deployment: aSite(own), share, flags: { yes: true } },
    ...(scenario !== undefined && { scenario: scenarioOf(scenario) }),
    context: {
      ...{ print: () => {}, emit: () => {}, interactive: false },
      async open({ name }): Promise<Session> {
        const node = cluster.nodes.find((one) => one.name === name);
        return node ? watched(standInSession(node), { after: on }) : writer.session;
      },
    },
  });
}

/** Bytes; what the load tells of itself has fewer. */
const oneBlock = 65_536;

/** Writes behind the first block fail from now on, as where a handle is lost and no other one is to be had. */
function lose(): void {
  for (const { pid } of writers) spawnSync('prlimit', ['--pid', String(pid), `--fsize=${oneBlock}:`]);
}

const left = () => [readdirSync(at('share')), readdirSync(at('logs')), writer.tasks.size];

describe.skipIf(!hasPython)('what is written while a drill goes on', { timeout: 120_000 }, () => {
  it('is measured, and nothing of it stays', async () => {
    const { code, results, moments } = await drilled('owner-move');
    const load = results.find(({ check }) => check === 'drill/load/images');
    expect(load).toMatchObject({
      verdict: 'pass',
      message: expect.stringMatching(/^\d+ writes, none failed/),
    });
    expect(load?.evidence).toMatchObject({
      node: 'glance-1',
      failures: 0,
      latency: { marks: expect.anything() },
    });
    expect(moments.map(({ text }) => text)).toContain(`glance-1 writes to ${share.path}`);
    expect(code).toBe(0);
    expect(left()).toEqual([[], [], 0]);
  });

  it('has to fail on a throw-away share, which is gone afterwards', async () => {
    const before = await cluster.state();
    const { code, results } = await drilled('negative-control', ({ name }) => {
      // Without continuous availability the handle is lost.
      if (name === 'Suspend-ClusterNode') lose();
    });
    const control = results.find(({ check }) => check === 'drill/STO-45/images');
    expect(control, JSON.stringify(results.at(-2))).toMatchObject({
      verdict: 'pass',
      message: expect.stringMatching(/^as it has to be .*: \d+ writes failed/),
    });
    expect([code, await cluster.state()]).toEqual([0, before]);
    expect(left()).toEqual([[], [], 0]);
  });

  it('shows by a throw-away share on which nothing fails that drills prove nothing', async () => {
    const { code, results } = await drilled('negative-control');
    expect(results.find(({ check }) => check === 'drill/STO-45/images')).toMatchObject({
      verdict: 'fail',
      message: expect.stringMatching(/^no write failed on a share without/),
    });
    expect(code).toBe(1);
  });

  it('ends with the next run where a drill was killed, and so does the throw-away share', async () => {
    const before = await cluster.state();
    const kill = ({ name }: AgentCall): void => {
      if (name === 'Suspend-ClusterNode') throw new Error('killed');
    };
    await expect(drilled('negative-control', kill)).rejects.toThrow('killed');
    const record = join(own, '.oriel', 'images-test', 'drill.json');
    expect(await readRecord(record)).toMatchObject({
      load: 'glance-1',
      control: { name: 'oriel-drill-images' },
    });
    expect(writer.tasks.size).toBe(1);
    expect((await drilled(undefined)).code).toBe(0);
    expect([existsSync(record), writer.tasks.size, await cluster.state()]).toEqual([false, 0, before]);
  });
});

it('is needed by a drill on a throw-away share', async () => {
  program = join(own, 'no program');
  const { code, results } = await drilled('negative-control');
  expect(code).toBe(1);
  expect(results.at(-1)).toMatchObject({
    verdict: 'fail',
    message: expect.stringContaining('its package has no oriel_load.py: upgrade the package'),
  });
});

describe('what a load says', () => {
  const whole: LoadReport = {
    ...{ state: 'done', seconds: 9, writes: 36, errors: [], failures: 0 },
    points: [
      [0, 12],
      [1, 40],
    ],
  };
  const said = (report: Partial<LoadReport>) =>
    judgeLoad({ report: { ...whole, ...report }, offset: 0.5 }, 'glance-1', [{ seconds: 2, text: 'moved' }]);

  it.each([
    ['nothing wrong', {}, 'pass', /^36 writes, none failed, the longest write took 0\.0 s$/],
    ['a write that took 45 s', { points: [[0, 45_000]] }, 'warn', /took 45\.0 s/],
    ['a write that took longer than clients wait', { points: [[0, 61_000]] }, 'fail', /took 61\.0 s/],
    ['no write at all', { writes: 0 }, 'fail', /written nothing/],
    [
      'a write that failed',
      { failures: 3, errors: [{ seconds: 4.2, message: '[WinError 64]', code: 64 }] },
      'fail',
      /^3 writes failed, the first one at 4\.2 s: \[WinError 64\]/,
    ],
    [
      'a block that is lost',
      { error: { step: 'read', message: 'block 7 is not as it was written', code: 5 } },
      'fail',
      /^read failed: block 7/,
    ],
  ] as const)('with %s: %s', (_, report, verdict, message) => {
    const found = said(report as Partial<LoadReport>);
    expect(found.verdict).toBe(verdict);
    expect(found.message).toMatch(message);
    if (verdict !== 'pass') expect(found.remedy).toMatch(/\w/);
  });

  it('is drawn with what happened beside it', () => {
    expect(said({}).evidence?.latency).toEqual({
      points: [
        [0, 12],
        [1, 40],
      ],
      marks: [[2.5, 'moved']],
    });
  });
});
