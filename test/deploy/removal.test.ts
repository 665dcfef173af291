import { expect, test } from 'vitest';
import { readUpgradeCode } from '../../src/components/glance/declare/removal.ts';
import { settingsOf } from '../../src/components/glance/site/settings.ts';
import { declareRemoval, externalGrants } from '../../src/deploy/removal.ts';
import { SessionError } from '../../src/errors.ts';
import { type Connections, makePlan } from '../../src/plan/observe/make-plan.ts';
import { rollOut } from '../../src/plan/rollout/rollout.ts';
import { idOf } from '../../src/resources/model/resource.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld, fakeClock } from '../fixtures/glance-on-fakes.ts';

const two = aDeployment().withNode('glance-1').withNode('glance-2').build();
const account = 'EXAMPLE\\glance$';
/** The same nodes as they are removed: the account that the site names has been given a right on each by a run. */
const { service } = settingsOf(two);
const site = aDeployment(two)
  .withGlance({ service: { ...service, account } })
  .build();
const right = 'SeServiceLogonRight';

/** Removes all of a deployment, all nodes at once; gives how it ended and what is left of the right on each node. */
async function removed(change: (connections: Connections) => Connections) {
  const world = await aWorld(two);
  await applyAll(world);
  const holders = (node: string) => world.nodes.get(node)?.open().call({ call: 'Get-AccountRight', right });
  const code = await readUpgradeCode();
  for (const node of world.nodes.values()) {
    await node.open().call({ call: 'Grant-AccountRight', right, account });
    for (const [other, product] of [...node.products]) {
      node.products.delete(other);
      node.products.set(code, product);
    }
  }
  const connections = change(world.reach());
  const given = externalGrants(site, true);
  const owned = new Map(given.map((one) => [idOf(one), one.resource.identity?.(one.spec) ?? {}]));
  const { declared } = await declareRemoval(site, given, { owned, made: [], data: false }, connections);
  const { signal } = new AbortController();
  const rollout = { ...site.rollout, serial: 2, canary: false, maxFailures: Number.POSITIVE_INFINITY };
  const options = { emit: () => {}, stop: signal, abort: signal, clock: fakeClock(), rollout };
  const { failed, skipped } = await rollOut(
    declared,
    connections,
    await makePlan(site, declared, connections),
    options,
  );
  const products = [...world.nodes.values()].map(({ products: { size } }) => size);
  return { failed, skipped, products, rights: await Promise.all([...world.nodes.keys()].map(holders)) };
}

const standard = { accounts: ['NT SERVICE\\ALL SERVICES'] };

test('nodes are removed side by side, each with the rights that were given there', async () => {
  expect(await removed((connections) => connections)).toEqual({
    ...{ failed: 0, skipped: 0, products: [0, 0], rights: [standard, standard] },
  });
});

test('a node that is away keeps nothing of the others', async () => {
  const away = new SessionError('glance-2', 'unreachable', 'it is off');
  const end = await removed((connections) => new Map([...connections, ['glance-2', away]]));
  expect(end).toMatchObject({ failed: 0, products: [0, 1], rights: [standard, {}] });
  expect(end.skipped).toBeGreaterThan(0);
});
