import { describe, expect, test } from 'vitest';
import { workersCheck } from '../../src/components/glance/checks/workers.ts';
import { SessionError } from '../../src/errors.ts';
import type { Fact } from '../../src/events/events.ts';
import { statusOf } from '../../src/plan/journal/node-status.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { runChecks } from '../../src/verify/run-checks.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld } from '../fixtures/glance-on-fakes.ts';

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();

/** Two nodes as they should be, of which the second has lost a worker. */
async function aWorldWithoutOne() {
  const world = await aWorld(deployment);
  await applyAll(world);
  const python = { parent: 2, name: 'python.exe' };
  const processes = [
    { pid: 2, parent: 1, name: 'python.exe' },
    { ...python, pid: 3 },
  ];
  world.nodes.get('glance-2')?.answers.set('Get-ServiceProcess', () => ({ processes }));
  return world;
}

describe('the workers of a service', () => {
  test('are shown by status, and a lost one is drift', async () => {
    const world = await aWorldWithoutOne();
    const made = await makePlan(deployment, world.declared(), world.reach(), { all: true });
    const names = new Set(world.nodes.keys());
    expect(statusOf(made, { nodes: new Map() }, names)).toMatchObject([
      { node: 'glance-1', workers: 2, drift: [] },
      { node: 'glance-2', workers: 1, drift: ['glance-2/glance/service-workers/oriel-glance-api'] },
    ]);
  });

  test('are a check of verify, which fails where one is missing or the node is not reached', async () => {
    const world = await aWorldWithoutOne();
    const facts: Fact[] = [];
    const checks = deployment.nodes.map((node) => workersCheck(deployment, node));
    const count = (connections = world.reach()) =>
      runChecks(checks, {
        ...{ connections, emit: (fact) => void facts.push(fact), signal: new AbortController().signal },
      });
    const results = await count();
    expect(results).toMatchObject([
      { check: 'glance/workers', node: 'glance-1', verdict: 'pass', message: '2 of 2 workers run' },
      { check: 'glance/workers', node: 'glance-2', verdict: 'fail', message: '1 of 2 workers run' },
    ]);
    expect(facts.filter(({ kind }) => kind === 'check-finished')).toEqual(results);
    const away = new SessionError('glance-1', 'unreachable', 'no route to it');
    expect((await count(new Map([...world.reach(), ['glance-1', away]])))[0]).toMatchObject({
      verdict: 'fail',
      message: 'no route to it',
    });
  });
});
