import type { Event } from '../../src/events/events.ts';
import type { Plan, Step } from '../../src/plan/model/plan.ts';
import type { CheckReport, CheckResult } from '../../src/report/checks/check-report.ts';
import { checksHtml } from '../../src/report/checks/html.ts';
import { planHtml } from '../../src/report/pages/plan-html.ts';
import { runHtml } from '../../src/report/pages/run-html.ts';

const begun = Date.parse('2026-01-02T03:04:05.678Z');
const at = (seconds: number): string => new Date(begun + seconds * 1000).toISOString();

function result(check: string, node: string, more: Partial<CheckResult> = {}): CheckResult {
  return {
    ...{ kind: 'check-finished', check, node, title: 'see whether it is as it should be' },
    ...{ verdict: 'pass', started: at(1), seconds: 0.4, message: 'it is as the site file says' },
    evidence: {},
    ...more,
  };
}

/** Checks of a component with images, and of storage, as `oriel verify` has them. */
const ofNode = ['workers', 'health', 'create', 'upload', 'delete', 'gone', 'share-handles', 'log'];
const ofStorage = Array.from({ length: 38 }, (_, index) => `STO-${String(index + 1).padStart(2, '0')}`);

/** As many results as a deployment of some nodes has: each reads what every other one took. */
export function bigReport(count: number): CheckReport {
  const nodes = Array.from({ length: count }, (_, index) => `glance-${index + 1}`);
  const evidence = { share: 'images', scope: 'SOFS1', state: 'Online', opens: 12 };
  const results = nodes.flatMap((node) => [
    ...ofNode.map((name) => result(`glance/${name}`, node, { message: `image 1f2e3d4c of ${node} is fine` })),
    ...nodes.filter((other) => other !== node).map((other) => result(`glance/read/${other}`, node)),
    ...ofStorage.map((name) => result(`storage/${name}/images`, node, { evidence })),
  ]);
  return { verb: 'verify', deployment: 'images', release: '2024.2', results };
}

const latency = {
  points: Array.from({ length: 600 }, (_, index) => [
    index / 4,
    index > 200 && index < 212 ? 2400 : 3 + (index % 7),
  ]),
  marks: [
    [50, 'owner moved to sofs-2'],
    [90, 'owner moved back'],
  ],
};

/** A report with one of each: what fails, with its cause; a plot; a long evidence. */
export const mixedReport: CheckReport = {
  ...{ verb: 'verify', deployment: 'images', release: '2024.2' },
  results: [
    ...['glance-1', 'glance-2'].flatMap((node) => [
      result('glance/health', node, { message: `http://10.0.0.11:9292/healthcheck of ${node} answers 200` }),
      result('glance/read/glance-1', node, {
        evidence: { bytes: 8_388_608, md5: '96995b58d4cbf6aaa9041b4f00c7f6ae' },
      }),
    ]),
    result('glance/upload', 'glance-2', {
      verdict: 'fail',
      message:
        'PUT http://10.0.0.12:9292/v2/images/1f2e3d4c-0000-4000-8000-000000000001/file: status 503, not 204; Insufficient permissions on image storage media',
      cause:
        "Insufficient permissions on image storage media: the service's account may not write to the share",
      remedy: 'grant Change on the share and Modify on the folder to EXAMPLE\\glance-2$',
    }),
    result('storage/STO-20/images', 'sofs-1', {
      verdict: 'warn',
      message: 'the volume has 12 % free, less than 20 %',
      remedy: 'remove images or extend the volume',
      evidence: { free: 0.12, size: 10995116277760, volume: 'C:\\ClusterStorage\\Volume1' },
    }),
    result('storage/STO-31/images', 'glance-1', {
      verdict: 'skip',
      message: 'Windows Server 2012 has no Get-SmbMultichannelConnection -SmbInstance',
    }),
    result('storage/STO-41/images', 'sofs-1', {
      title: 'move the owner of the volume',
      message: 'the longest pause was 2.4 s',
      evidence: { latency },
    }),
  ],
};

/** Words of a node that wants to be more than text. */
export const nasty = `</script><script>window.taken=1</script><img src=x onerror="window.taken=1"> "'\`&amp; javascript:window.taken=1 \u001b[31m \u202e \u0000 ${'x'.repeat(200)}`;

export const nastyReport: CheckReport = {
  ...{ verb: nasty, deployment: nasty, release: nasty },
  results: (['fail', 'warn', 'skip', 'pass'] as const).map((verdict) =>
    result(`${nasty}/${verdict}`, nasty, {
      ...{ verdict, title: nasty, message: nasty, cause: nasty, remedy: nasty, started: nasty },
      evidence: {
        [nasty]: nasty,
        list: [nasty],
        latency: {
          points: [
            [0, 1],
            [1, 2],
          ],
          marks: [[1, nasty]],
        },
      },
    }),
  ),
};

function step(node: string, name: string, more: Partial<Step> = {}): Step {
  return {
    ...{ id: `${node}/glance/file/${name}`, node, component: 'glance', kind: 'file', name },
    ...{ desired: {}, observed: {}, action: 'none', changes: [], reason: 'in sync', needs: [] },
    ...more,
  };
}

/** A plan in which one node changes, one does not and one is away; `word` stands where a node has its say. */
export function aPlan(word = 'Stopped'): Plan {
  const changes = [{ property: 'status', from: word, to: 'Running' }];
  const needs = ['a', 'b', 'c', 'd'].map((name) => `glance-1/glance/file/${name}.conf`);
  return {
    ...{ version: 2, deployment: 'images', release: '2024.2', created: at(0) },
    nodes: [
      { name: 'glance-1', platform: 'windows' },
      { name: 'glance-2', platform: 'windows' },
      { name: 'glance-4', platform: 'windows' },
      { name: 'glance-3', platform: 'unreachable', error: `no route to host: ${word}` },
    ],
    steps: [
      ...['a', 'b', 'c', 'd'].map((name) => step('glance-1', `${name}.conf`)),
      step('glance-1', 'policy.yaml', { action: 'create', observed: null, reason: 'missing' }),
      step('glance-1', 'old.conf', { action: 'remove', reason: 'not wanted any more' }),
      step('glance-1', 'oriel-glance-api', { action: 'update', changes, reason: `differs: ${word}`, needs }),
      step('glance-1', 'health', { action: 'unknown', observed: null, reason: 'known after it runs' }),
      step('glance-2', 'a.conf'),
      ...Array.from({ length: 14 }, (_, index) =>
        step('glance-4', `${index}.conf`, { action: 'create', observed: null, reason: 'missing' }),
      ),
    ],
    interruptions: [
      { node: 'glance-1', service: 'oriel-glance-api', effect: 'restart', seconds: 12, runs: 3 },
    ],
  };
}

/** A run of which one node failed; `word` stands where a node has its say. */
export function aRun(word = 'Access is denied'): readonly Event[] {
  const base = { time: at(2), run: '20260102T030405-1' };
  const done = (
    node: string,
    name: string,
    outcome: 'changed' | 'unchanged' | 'failed' | 'skipped',
    reason: string,
  ): Event => ({
    ...{ ...base, kind: 'step-finished', step: `${node}/glance/file/${name}`, node },
    ...{ result: outcome, seconds: 1.2, reason },
  });
  return [
    {
      ...base,
      kind: 'run-started',
      verb: 'apply',
      deployment: 'images',
      release: '2024.2',
      who: 'alice@desk',
    },
    { ...base, kind: 'consent', question: 'Apply this to 2 nodes?', consent: 'yes' },
    done('glance-1', 'a.conf', 'unchanged', 'in sync'),
    done('glance-1', 'b.conf', 'changed', 'it differed'),
    done('glance-2', 'a.conf', 'failed', word),
    done('glance-2', 'b.conf', 'skipped', 'waits for a.conf'),
    {
      ...base,
      kind: 'node-failed',
      node: 'glance-3',
      message: `no route to host ${word}`,
      remedy: 'see oriel doctor',
    },
    {
      ...{ ...base, kind: 'note', level: 'warning', untouched: ['glance-4'] },
      message: `rollout stopped after batch 2 of 3 (max_failures: 0): ${word}; not touched: glance-4`,
    },
    {
      ...base,
      kind: 'run-finished',
      verb: 'apply',
      ok: false,
      seconds: 61,
      changed: 1,
      unchanged: 1,
      failed: 1,
      skipped: 1,
    },
  ];
}

/** Every kind of page, as people see it. */
export const samplePages: Readonly<Record<string, () => string>> = {
  verify: () => checksHtml(mixedReport),
  'verify-20-nodes': () => checksHtml(bigReport(20)),
  plan: () => planHtml(aPlan()),
  run: () => runHtml(aRun()),
};

/** The same with nodes that say what they like. */
export const nastyPages: Readonly<Record<string, () => string>> = {
  verify: () => checksHtml(nastyReport),
  plan: () => planHtml(aPlan(nasty)),
  run: () => runHtml(aRun(nasty)),
};
