import { afterAll, describe, expect, test } from 'vitest';
import { declareNoTasks, declareTasks } from '../../../src/components/glance/declare/tasks.ts';
import type { TaskSettings } from '../../../src/components/glance/site/settings.ts';
import { applySteps, type Outcome } from '../../../src/plan/apply/apply.ts';
import { callsOf } from '../../../src/plan/observe/calls.ts';
import { makePlan } from '../../../src/plan/observe/make-plan.ts';
import { planPs1 } from '../../../src/report/plan-ps1.ts';
import { type Declaration, idOf } from '../../../src/resources/model/resource.ts';
import { Secret } from '../../../src/secret.ts';
import { aDeployment } from '../../fixtures/deployment.ts';
import { standInSession } from '../../fixtures/stand-in-session.ts';
import { aSimulatedNode, temporaryFolder } from '../../sandbox/stand-ins.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

const purge: TaskSettings = {
  name: 'purge',
  run: ['glance-manage', 'db', 'purge', '--age_in_days', '60'],
  when: { daily: '03:30' },
  limit: 3600,
  nodes: ['glance-1'],
};
const sweep: TaskSettings = {
  name: 'sweep',
  run: ['C:\\Tools\\sweep.exe'],
  when: { every: 7200 },
  limit: 600,
};
const value = new Secret('service_password', 'correct horse');
const user = {
  account: 'EXAMPLE\\svc-glance',
  password: value,
  groups: [],
  recovery: 'restart',
  drain: 60,
} as const;
const site = aDeployment()
  .withNode('glance-1')
  .withNode('glance-2')
  .withGlance({ tasks: [purge, sweep] });

function declared(node: 0 | 1, deployment = site.build()): readonly Declaration[] {
  const settings = deployment.nodes[node] ?? expect.fail();
  return declareTasks(deployment, settings, { salt: 's', service: `${settings.name}/service/x` });
}

describe('declareTasks', () => {
  test('gives each node its tasks, and says that there are no others', () => {
    expect(declared(0).map(idOf)).toEqual([
      'glance-1/glance/scheduled-task/purge',
      'glance-1/glance/scheduled-task/sweep',
      'glance-1/glance/scheduled-task/.others',
    ]);
    expect(declared(1).map(idOf)).toEqual([
      'glance-2/glance/scheduled-task/sweep',
      'glance-2/glance/scheduled-task/.others',
    ]);
    expect(declared(1)[1]?.spec).toMatchObject({ ensure: 'absent', except: ['sweep'] });
  });

  test('runs a program of Glance by the Python of the package, with the configuration that it reads', () => {
    expect(declared(0)[0]?.spec).toMatchObject({
      program: 'C:\\Program Files\\oriel\\glance\\python\\python.exe',
      arguments: [
        ...[
          '-s',
          '-X',
          'utf8',
          'C:\\Program Files\\oriel\\glance\\launcher\\oriel_launcher.py',
          'glance-manage',
        ],
        ...['--config-file', 'C:\\ProgramData\\oriel\\glance\\etc\\glance-manage.conf'],
        ...['--log-file', 'C:\\ProgramData\\oriel\\glance\\log\\task-purge.log'],
        ...['db', 'purge', '--age_in_days', '60'],
      ],
    });
  });

  test('gives a user the right to log on as a batch job, where there is a task for it', () => {
    const ids = declared(0, site.withGlance({ service: user }).build()).map(idOf);
    expect(ids[0]).toBe('glance-1/glance/account-right/log-on-as-batch-job');
    const none = declared(0, site.withGlance({ service: user, tasks: [] }).build());
    expect(none.map(idOf)).toEqual(['glance-1/glance/scheduled-task/.others']);
  });
});

describe('tasks on a stand-in node', () => {
  test('are set once, again for another password, and go when the site names them no longer', async () => {
    const session = standInSession(await aSimulatedNode(folder));
    const connections = new Map([['glance-1', session]]);
    const forever = new AbortController().signal;
    const run = (spec: readonly Declaration[]): Promise<Outcome> =>
      applySteps(
        spec.map((one) => ({ ...one, after: [] })),
        connections,
        { emit: () => {}, stop: forever, abort: forever },
      );
    const deployment = site.withGlance({ service: user });
    expect(await run(declared(0, deployment.build()))).toMatchObject({ changed: 3, unchanged: 1 });
    expect(await run(declared(0, deployment.build()))).toMatchObject({ changed: 0, unchanged: 4 });

    const other = { ...user, password: new Secret('service_password', 'battery staple') };
    const changed = declared(0, deployment.withGlance({ service: other }).build());
    const made = await makePlan({ name: 'images', release: '2024.2' }, changed, connections);
    expect(made.steps.map(({ action }) => action)).toEqual(['none', 'update', 'update', 'none']);
    const text = JSON.stringify(made) + planPs1(made, callsOf(changed, made));
    expect(text).toContain('[secret:service_password]');
    for (const secret of ['correct horse', 'battery staple']) expect(text).not.toContain(secret);
    expect(await run(changed)).toMatchObject({ changed: 2, unchanged: 2 });

    expect(await run(declared(0, deployment.withGlance({ tasks: [sweep] }).build()))).toMatchObject({
      failed: 0,
    });
    expect(await session.call({ call: 'Get-ScheduledTaskList' })).toEqual({ names: ['sweep'] });
    const none = [declareNoTasks('glance-1')];
    expect(await run(none)).toMatchObject({ changed: 1 });
    expect(await run(none)).toMatchObject({ unchanged: 1 });
    expect(
      await session.call({ call: 'Get-FileState', path: 'C:\\ProgramData\\oriel\\task-sweep-account.txt' }),
    ).toMatchObject({ kind: 'absent' });
  });
});
