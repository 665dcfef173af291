import { describe, expect, test } from 'vitest';
import { serviceName } from '../../src/components/glance/facts/paths.ts';
import { SessionError } from '../../src/errors.ts';
import type { Fact } from '../../src/events/events.ts';
import type { Connections } from '../../src/plan/observe/make-plan.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import type { FakeNode } from '../fixtures/fake-node.ts';
import {
  applyAll,
  aWorld,
  conf,
  expectNothingToDo,
  type Version,
  type World,
} from '../fixtures/glance-on-fakes.ts';

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();

/** What happens to a node in the middle of a call, and how often that may make us stop its service beyond the one time. */
interface Fault {
  readonly title: string;
  readonly inject: (node: FakeNode) => void;
  /** It comes back only after one more apply has gone by without it. */
  readonly away?: true;
  readonly moreStops: number;
}

const faults: readonly Fault[] = [
  { title: 'loses its link', inject: () => {}, moreStops: 0 },
  // Windows starts the service in between, with files that are not noted.
  { title: 'is restarted', inject: (node) => node.restart(), moreStops: 1 },
  { title: 'loses its power', inject: (node) => node.losePower(), away: true, moreStops: 1 },
];

/** What is applied, on top of what. */
interface Change {
  readonly title: string;
  readonly before?: { readonly setting: string; readonly version: Version };
  readonly setting: string;
  readonly version: Version;
  /** Somebody edited the configuration on the nodes and restarted the service with it. */
  readonly byHand?: true;
  /** Fewest calls of both nodes together. */
  readonly calls: number;
}

const old = { setting: '2', version: '29.2.1' } as const;
const changes: readonly Change[] = [
  { title: 'a first installation', setting: '2', version: '29.2.1', calls: 50 },
  { title: 'another configuration', before: old, setting: '4', version: '29.2.1', calls: 30 },
  { title: 'another version', before: old, setting: '4', version: '29.2.2', calls: 50 },
  { title: 'what was edited by hand', before: old, setting: '2', version: '29.2.1', byHand: true, calls: 30 },
];

async function begin({ before, byHand }: Change): Promise<World> {
  const world = await aWorld(deployment);
  if (before) await applyAll(world, before);
  for (const node of world.nodes.values()) {
    if (byHand) node.files.set(conf, Buffer.from('workers = 9'));
    if (byHand) node.restart();
    node.effects.splice(0);
  }
  return world;
}

/** How many calls an apply makes of each node when nothing happens. */
async function callsOf(change: Change): Promise<ReadonlyMap<string, number>> {
  const world = await begin(change);
  const sessions = new Map([...world.nodes].map(([name, node]) => [name, node.open()]));
  await applyAll(world, { ...change, connections: sessions });
  return new Map([...sessions].map(([name, session]) => [name, session.calls()]));
}

/** Every step that began is told to its end, one of them as failed and why; gives the kind of that one. */
function failedKind(facts: readonly Fact[]): string {
  const ended = facts.filter((fact) => fact.kind === 'step-finished');
  const begun = facts.flatMap((fact) => (fact.kind === 'step-started' ? [fact.step] : []));
  expect(begun.filter((step) => !ended.some((end) => end.step === step))).toEqual([]);
  const failed = ended.filter(({ result }) => result === 'failed');
  expect(failed).toHaveLength(1);
  expect(failed[0]?.reason).toContain('the link to the node is gone');
  return failed[0]?.step.split('/')[2] ?? '';
}

/** Effects that must happen once on a node, however often a run was cut off. */
function expectOnce(world: World, { setting }: Change, moreStops: number): void {
  for (const [name, node] of world.nodes) {
    const count = (effect: string): number => node.effects.filter((each) => each === effect).length;
    for (const version of ['29.2.1', '29.2.2'])
      expect(count(`install ${version}`), `${name} installs`).toBeLessThanOrEqual(1);
    expect(count(`start ${serviceName}`), `${name} starts`).toBeLessThanOrEqual(1 + moreStops);
    expect(count(`stop ${serviceName}`), `${name} stops`).toBeLessThanOrEqual(1 + moreStops);
    for (const effect of node.effects.filter((each) => each.startsWith('write ') && each.endsWith('.conf')))
      expect(count(effect), `${name} ${effect}`).toBeLessThanOrEqual(1 + moreStops);
    const service = node.services.get(serviceName);
    expect(service?.status).toBe('Running');
    expect(service?.startedWith).toContain(`workers = ${setting}`);
    expect(service?.startedWith).toBe(node.readNow());
    expect(node.runs()).toEqual([]);
  }
  const syncs = [...world.nodes.values()]
    .flatMap(({ effects }) => effects)
    .filter((each) => each === 'populate');
  expect(syncs.length).toBeLessThanOrEqual(1);
}

/** An apply while the node is away: it is named, and nothing waits for it for ever. */
async function applyWithout(world: World, name: string, change: Change): Promise<void> {
  const connections: Connections = new Map([
    ...world.reach(),
    [name, new SessionError(name, 'unreachable', 'no route to host')],
  ]);
  const { outcome, facts } = await applyAll(world, { ...change, connections });
  expect(outcome.failed).toBe(0);
  const own = facts.filter((fact) => fact.kind === 'step-finished' && fact.node === name);
  expect(
    own.every((fact) => fact.kind === 'step-finished' && fact.reason === 'the node is not reached'),
  ).toBe(true);
}

describe.each(faults)('a node at any call: $title', ({ inject: strikes, away, moreStops }) => {
  test.each(changes)('with $title: the next apply converges, with no effect twice', async (change) => {
    const kinds = new Set<string>();
    let cuts = 0;
    for (const [name, calls] of await callsOf(change))
      for (let at = 0; at < calls; at++)
        for (const when of ['before', 'after'] as const) {
          cuts += 1;
          const world = await begin(change);
          const label = `${name}, ${when} call ${at}`;
          const connections = new Map(
            [...world.nodes].map(([node, each]) => [
              node,
              node === name ? each.open(at, when, () => strikes(each)) : each.open(),
            ]),
          );
          const first = await applyAll(world, { ...change, connections });
          kinds.add(failedKind(first.facts));
          if (away) await applyWithout(world, name, change);
          const second = await applyAll(world, change);
          expect(second.outcome.failed + second.outcome.skipped, label).toBe(0);
          expectOnce(world, change, moreStops);
          await expectNothingToDo(world, change);
        }
    expect(cuts).toBeGreaterThan(2 * change.calls);
    const { declared } = await aWorld(deployment);
    expect(kinds).toEqual(new Set(declared().map(({ resource }) => resource.kind)));
  });
});
