import { describe, expect, test } from 'vitest';
import { serviceName } from '../../src/components/glance/paths.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld, type World } from '../fixtures/glance-on-fakes.ts';

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();

interface Cut {
  readonly node: string;
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** Applies with fresh sessions, one of them cut; gives the counts and how many calls each node got. */
async function applyWith(world: World, setting: string, cut?: Cut) {
  const sessions = new Map(
    [...world.nodes].map(([name, node]) => [
      name,
      cut?.node === name ? node.open(cut.at, cut.when) : node.open(),
    ]),
  );
  const { outcome } = await applyAll(world, { setting, reached: sessions });
  return { outcome, calls: (name: string) => sessions.get(name)?.calls() ?? 0 };
}

/** Effects that must happen once on a node, however often a run was cut off; a restart more is one too many as well. */
function expectOnce(world: World, setting: string, effects: ReadonlyMap<string, readonly string[]>): void {
  for (const [name, node] of world.nodes) {
    const own = effects.get(name) ?? [];
    const count = (effect: string): number => own.filter((each) => each === effect).length;
    expect(count('install 29.2.1'), `${name} installs`).toBeLessThanOrEqual(1);
    expect(count(`start ${serviceName}`), `${name} starts`).toBeLessThanOrEqual(1);
    expect(count(`stop ${serviceName}`), `${name} stops`).toBeLessThanOrEqual(1);
    for (const effect of own.filter((each) => each.startsWith('write ') && each.endsWith('.conf')))
      expect(count(effect), `${name} ${effect}`).toBe(1);
    const service = node.services.get(serviceName);
    expect(service?.status).toBe('Running');
    expect(service?.startedWith).toContain(`workers = ${setting}`);
    expect(service?.startedWith).toBe(node.readNow());
  }
  const all = [...effects.values()].flat();
  expect(all.filter((effect) => effect === 'sync').length).toBeLessThanOrEqual(1);
}

async function cutEverywhere(prepare: (world: World) => Promise<void>, setting: string): Promise<number> {
  const dry = await aWorld(deployment);
  await prepare(dry);
  const whole = await applyWith(dry, setting);
  let cuts = 0;
  for (const node of ['glance-1', 'glance-2'])
    for (let at = 0; at < whole.calls(node); at++)
      for (const when of ['before', 'after'] as const) {
        cuts += 1;
        const world = await aWorld(deployment);
        await prepare(world);
        const had = new Map([...world.nodes].map(([name, { effects }]) => [name, effects.length]));
        const label = `${node} cut ${when} call ${at}`;
        const first = await applyWith(world, setting, { node, at, when });
        expect(first.outcome.failed, label).toBe(1);
        const second = await applyWith(world, setting);
        expect(second.outcome.failed + second.outcome.skipped, label).toBe(0);
        const effects = new Map(
          [...world.nodes].map(([name, each]) => [name, each.effects.slice(had.get(name))]),
        );
        expectOnce(world, setting, effects);
        const before = [...effects.values()].flat().length;
        const third = await applyWith(world, setting);
        expect(third.outcome.changed, label).toBe(0);
        const after = [...world.nodes.values()].reduce((sum, each) => sum + each.effects.length, 0);
        expect(after - [...had.values()].reduce((sum, each) => sum + each, 0), label).toBe(before);
      }
  return cuts;
}

describe('an apply that is cut off at any call', () => {
  test('converges the next time, with no effect twice: first installation', async () => {
    expect(await cutEverywhere(async () => {}, '2')).toBeGreaterThan(100);
  });

  test('converges the next time, with no effect twice: changed configuration', async () => {
    const installed = async (world: World): Promise<void> => {
      await applyWith(world, '2');
    };
    expect(await cutEverywhere(installed, '4')).toBeGreaterThan(60);
  });
});
