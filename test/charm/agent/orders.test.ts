import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { charmFlavours } from '../../../src/charm/model/charm.ts';
import { leftOut, whole } from '../../extent.ts';
import { temporaryFolder } from '../../fixtures/folders.ts';
import { clientKey } from '../../session/servers.ts';
import type { ActionRun } from '../model/tools/tool.ts';
import { application, ourUnits, secretsIn, statusLines } from '../world.ts';
import { aDispatchedWorld, buildCharm, configurationsIn, type DispatchedWorld } from './dispatched.ts';
import { powerShell } from './machine.ts';

/** Seeds of orders; odd ones have one unit, even ones two. `ORIEL_SEED=N` tries one. */
const seeds = process.env.ORIEL_SEED
  ? [Number(process.env.ORIEL_SEED)]
  : [...Array(whole ? 20 : 1).keys()].map((index) => index + 1);
const folder = temporaryFolder('oriel-charm-orders-');

let world: DispatchedWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

describe.each(charmFlavours)('a %s charm, started by its own dispatch', (flavour) => {
  const needsWhole = flavour === 'native' && !whole && process.env.ORIEL_SEED === undefined;
  const needsShell = flavour === 'native' && powerShell === undefined;
  const why = needsWhole ? `: ${leftOut}` : needsShell ? ': left out, there is no pwsh' : '';
  let charm: string;
  beforeAll(async () => {
    if (!why) charm = await buildCharm(flavour, folder);
  });

  test.skipIf(why).each(seeds)(
    `ends active whatever the order of events (ORIEL_SEED=%d)${why}`,
    async (seed) => {
      world = await aDispatchedWorld({ flavour, charm, seed, units: 2 - (seed % 2) });
      if (!whole) killAfter(world, 60);
      await world.settle();
      expect(world.control.killed).toBe(whole ? 0 : 1);
      const units = ourUnits(world);
      expect(statusLines(world), units.map(({ log }) => log.join('\n')).join()).toEqual(
        units.map(() => 'active: ready'),
      );
      expect(new Set(await configurationsIn(world)).size).toBe(1);
      const prepared = world.nodes.flatMap(({ effects }) => effects.filter((one) => one === 'populate'));
      expect(prepared).toHaveLength(1);
      expect(secretsIn({ ...world, facts: [] }, [clientKey.private])).toEqual([]);
      await expectAction(world);
      const before = [effects(), JSON.stringify(world.model.relations)];
      for (const { name } of units) await world.deliver(name, { kind: 'update-status' });
      expect([effects(), JSON.stringify(world.model.relations)]).toEqual(before);
    },
  );
});

/** One hook, so that a sample has that too; killed.test.ts has all of it. */
function killAfter({ control, agent }: DispatchedWorld, touches: number): void {
  let left = touches;
  control.touched = () => {
    left -= 1;
    if (left === 0) agent.kill();
  };
}

async function expectAction({ deliver }: DispatchedWorld): Promise<void> {
  const action: ActionRun = { name: 'show-config', parameters: {}, results: {}, messages: [] };
  expect(await deliver(`${application}/0`, { kind: 'action', action })).toBe(0);
  expect(action.failed).toBeUndefined();
  expect(JSON.stringify(action.results)).toContain('"shared-db-password');
}

function effects(): readonly (readonly string[])[] {
  return world?.nodes.map((node) => [...node.effects]) ?? [];
}
