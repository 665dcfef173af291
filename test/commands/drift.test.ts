import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { driftOf, exitCode, formats } from '../../src/commands/inspect/drift.ts';
import { serviceName } from '../../src/components/glance/facts/paths.ts';
import { CallError, SessionError } from '../../src/errors.ts';
import { type Connections, makePlan } from '../../src/plan/observe/make-plan.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld, type World } from '../fixtures/glance-on-fakes.ts';

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();

async function made(change: (world: World) => void, reached?: (world: World) => Connections) {
  const world = await aWorld(deployment);
  await applyAll(world);
  change(world);
  return makePlan(deployment, world.declared(), reached?.(world) ?? world.reach(), { all: true });
}

const stopped = (world: World): void => {
  const service = world.nodes.get('glance-2')?.services.get(serviceName);
  if (service) service.status = 'Stopped';
};

describe('drift', () => {
  test('is none after an apply', async () => {
    const all = await made(() => {});
    const findings = driftOf(all);
    expect(exitCode(findings)).toBe(0);
    expect(formats.human(all, findings)).toBe(
      `${all.steps.length} of ${all.steps.length} resources are in sync`,
    );
    expect(JSON.parse(formats.json(all, findings))).toMatchObject({
      deployment: 'images-test',
      drift: false,
    });
  });

  test('is told for each resource, also for what depends on another', async () => {
    const all = await made(stopped);
    const findings = driftOf(all);
    expect(exitCode(findings)).toBe(3);
    expect(findings.filter(({ state }) => state !== 'in-sync')).toMatchObject([
      {
        node: 'glance-2',
        resource: `service/${serviceName}`,
        state: 'differs',
        reason: 'status Stopped, not Running',
      },
      { node: 'glance-2', resource: `service-workers/${serviceName}`, state: 'differs' },
      { node: 'glance-2', resource: 'http-health/glance', state: 'differs' },
    ]);
    expect(formats.human(all, findings)).toMatch(
      /^~ {2}glance-2 {2}glance\/service\/oriel-glance-api +status Stopped/,
    );
    expect(JSON.parse(formats.json(all, findings)).drift).toBe(true);
  });

  test('is also what cannot be looked at while something else is not there, and unknown where that is all right', async () => {
    for (const installed of [true, false]) {
      const all = await made((world) => {
        const node = world.nodes.get('glance-1');
        if (!installed) node?.products.clear();
        node?.answers.set('Invoke-Process', ({ call }) => {
          throw new CallError('glance-1', call, 'ProgramNotFound', 'there is no python.exe');
        });
      });
      const findings = driftOf(all);
      expect(exitCode(findings)).toBe(installed ? 1 : 3);
      const schema = findings.find(({ resource }) => resource === 'database-schema/glance');
      expect(schema?.reason).toContain(
        installed ? 'cannot be observed' : 'cannot be while glance-1/glance/package/oriel-glance differs',
      );
    }
  });

  test('is XML for CI: a suite for each node, a failure for each resource that differs', async () => {
    const all = await made(stopped);
    const program =
      'import sys, xml.etree.ElementTree as e; t = e.fromstring(sys.stdin.buffer.read()); print([(s.get("name"), s.get("failures")) for s in t])';
    const read = execFileSync('python3', ['-c', program], {
      input: formats.junit(all, driftOf(all)),
      encoding: 'utf8',
    });
    expect(read.trim()).toBe("[('glance-1', '0'), ('glance-2', '3')]");
  });

  test('is not known of a node that is not reached, and that is not a success', async () => {
    const all = await made(stopped, (world) =>
      new Map(world.reach()).set('glance-1', new SessionError('glance-1', 'unreachable', 'no route to host')),
    );
    const findings = driftOf(all);
    expect(exitCode(findings)).toBe(1);
    expect(findings[0]).toEqual({
      ...{
        node: 'glance-1',
        component: null,
        resource: 'session',
        state: 'unknown',
        reason: 'no route to host',
        changes: [],
      },
    });
    expect(formats.human(all, findings)).toContain('!  glance-1  session');
  });
});
