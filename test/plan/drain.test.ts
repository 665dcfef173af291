import { describe, expect, test } from 'vitest';
import { serviceName } from '../../src/components/glance/facts/paths.ts';
import { BalancerError, ResourceError } from '../../src/errors.ts';
import type { Fact } from '../../src/events/events.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import type { Balancer } from '../../src/plan/rollout/drain.ts';
import { type RolloutOptions, type RolloutResult, rollOut } from '../../src/plan/rollout/rollout.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { aWorld, fakeClock, type World } from '../fixtures/glance-on-fakes.ts';
import { serviceProcesses } from '../fixtures/service-processes.ts';

const three = aDeployment().withNode('glance-1').withNode('glance-2').withNode('glance-3').build();

/** A load balancer in memory that writes what is done to it between the effects on the nodes. */
function aBalancer(world: World) {
  const out = new Set<string>();
  const tell = (node: string, what: string): void => void world.nodes.get(node)?.effects.push(what);
  const balancer: Balancer = {
    isDrained: async ({ name }) => out.has(name),
    async drain({ name }) {
      out.add(name);
      tell(name, 'out');
      return 0;
    },
    async undrain({ name }) {
      out.delete(name);
      tell(name, 'back');
    },
  };
  return { out, balancer };
}

async function roll(
  world: World,
  balancer: Balancer,
  more: Partial<RolloutOptions> & { readonly setting?: string } = {},
): Promise<RolloutResult & { readonly said: string }> {
  const { setting = '2', ...options } = more;
  const never = new AbortController().signal;
  const said: string[] = [];
  const declared = world.declared(setting);
  const connections = world.reach();
  const emit = (fact: Fact): void => {
    if (fact.kind === 'note') said.push(fact.message);
    options.emit?.(fact);
  };
  const plan = await makePlan(three, declared, connections);
  const draining = { balancer, nodes: three.nodes };
  const given = { stop: never, abort: never, clock: fakeClock(), rollout: three.rollout, draining };
  const rolled = await rollOut(declared, connections, plan, { ...given, ...options, emit });
  return { ...rolled, said: said.join('\n') };
}

const effects = (world: World, node: string): readonly string[] => world.nodes.get(node)?.effects ?? [];
/** Between leaving and coming back: everything but the mark that says so. */
const around = (world: World, node: string): readonly string[] =>
  effects(world, node).filter((each) => /^(out|back|start |stop |install )/.test(each));
const marks = (world: World): readonly string[] =>
  [...world.nodes.values()].filter(({ files }) => files.has(mark)).map(({ name }) => name);
const mark = 'C:\\ProgramData\\oriel\\drained.json';

describe('a node that is changed', () => {
  test('leaves the load balancer before, and comes back when it is healthy', async () => {
    const world = await aWorld(three);
    const { balancer, out } = aBalancer(world);
    expect(await roll(world, balancer)).toMatchObject({ failed: 0, skipped: 0 });
    for (const { name } of three.nodes)
      expect(around(world, name)).toEqual(['out', 'install 29.2.1', `start ${serviceName}`, 'back']);
    expect([...out, ...marks(world)]).toEqual([]);
    const before = three.nodes.map(({ name }) => effects(world, name).length);
    expect(await roll(world, balancer)).toMatchObject({ changed: 0, failed: 0, begun: [] });
    expect(three.nodes.map(({ name }) => effects(world, name).length)).toEqual(before);
  });

  test('stays as it is, and in the load balancer, when it cannot leave', async () => {
    const world = await aWorld(three);
    const { balancer, out } = aBalancer(world);
    const refusing: Balancer = {
      ...balancer,
      async drain(node, signal) {
        await balancer.drain(node, signal);
        if (node.name === 'glance-2') throw new BalancerError('glance-2', 'no other is up');
        return 0;
      },
    };
    const { failed, said } = await roll(world, refusing);
    expect(failed).toBe(1);
    expect(said).toContain('glance-2: no other is up; not touched: glance-3');
    expect(around(world, 'glance-2')).toEqual(['out', 'back']);
    expect(around(world, 'glance-3')).toEqual([]);
    expect([...out, ...marks(world)]).toEqual([]);
  });

  test('stays out when it is not healthy, until an apply finds it healthy', async () => {
    const world = await aWorld(three);
    const { balancer, out } = aBalancer(world);
    const gate = async (node: string) => (node === 'glance-2' ? 'upload: 410: no store' : undefined);
    const first = await roll(world, balancer, { gate });
    expect(first.failed).toBe(1);
    expect(first.said).toContain(
      'glance-2: not put back into the load balancer before an apply finds it healthy',
    );
    expect([[...out], marks(world)]).toEqual([['glance-2'], ['glance-2']]);
    const second = await roll(world, balancer);
    expect(second.said).toContain(
      'glance-2: an earlier run left it out of the load balancer: it is put back',
    );
    expect(second).toMatchObject({ failed: 0, skipped: 0, begun: ['glance-3'] });
    expect([...out, ...marks(world)]).toEqual([]);
  });

  test('comes back when a step failed before its service was touched', async () => {
    const world = await aWorld(three);
    const { balancer, out } = aBalancer(world);
    await roll(world, balancer);
    // Its service is not restarted, and has as many workers as the site wants.
    world.nodes.get('glance-1')?.answers.set('Get-ServiceProcess', () => serviceProcesses('Running', 4));
    world.nodes.get('glance-1')?.answers.set('Set-File', ({ path }) => {
      if (String(path).endsWith('.conf')) throw new ResourceError('glance-1', 'file', 'the disk is full');
      world.nodes.get('glance-1')?.files.set(String(path), Buffer.from('{}'));
      return null;
    });
    const { failed } = await roll(world, balancer, { setting: '4' });
    expect(failed).toBe(1);
    expect(around(world, 'glance-1').slice(-2)).toEqual(['out', 'back']);
    expect([...out, ...marks(world)]).toEqual([]);
  });

  test('is put back by the next run when the controller was killed while it was out', async () => {
    const world = await aWorld(three);
    const { balancer, out } = aBalancer(world);
    const abort = new AbortController();
    const emit = (fact: Fact): void => {
      if (fact.kind === 'step-started' && fact.step === `glance-2/glance/service/${serviceName}`)
        abort.abort();
    };
    await roll(world, balancer, { abort: abort.signal, stop: abort.signal, emit });
    expect([[...out], marks(world)]).toEqual([['glance-2'], ['glance-2']]);
    expect(await roll(world, balancer)).toMatchObject({ failed: 0, skipped: 0 });
    expect([...out, ...marks(world)]).toEqual([]);
  });

  test('is left out where an operator has taken it out', async () => {
    const world = await aWorld(three);
    const { balancer, out } = aBalancer(world);
    out.add('glance-2');
    const { failed, said } = await roll(world, balancer);
    expect(failed).toBe(0);
    expect(said).toContain('glance-2 is out of the load balancer already, not by oriel: it is left there');
    expect(around(world, 'glance-2')).not.toContain('back');
    expect([...out]).toEqual(['glance-2']);
  });
});
