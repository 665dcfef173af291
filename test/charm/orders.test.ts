import { afterAll, describe, expect, test } from 'vitest';
import { charmFlavours } from '../../src/charm/model/charm.ts';
import { windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { whole } from '../extent.ts';
import { aCharmWorld, application, type CharmWorld, ourUnits, secretsIn } from './world.ts';

/** Seeds of orders; the sample is the same each time. `ORIEL_SEED=N` tries one. */
const seeds = process.env.ORIEL_SEED
  ? [Number(process.env.ORIEL_SEED)]
  : [...Array(whole ? 500 : 3).keys()].map((index) => index + 1);

describe.each(charmFlavours)('a %s charm', (flavour) => {
  let world: CharmWorld | undefined;
  afterAll(() => world?.close());

  test.each(seeds)('ends active whatever the order of events (ORIEL_SEED=%d)', async (seed) => {
    world = await aCharmWorld({ flavour, seed, units: 2 + (seed % 2) });
    await world.settle();
    await expectConverged(world);
    await world.close();
  });
});

/** All units serve the same configuration, one more round of hooks changes nothing, and no secret is where it should not be. */
async function expectConverged(world: CharmWorld): Promise<void> {
  const units = ourUnits(world);
  expect(units.map(({ status }) => status)).toEqual(
    units.map(() => expect.objectContaining({ status: 'active' })),
  );
  const configured = [...world.nodes.values()].map(({ files }) =>
    files
      .get(`${windowsPaths.config}\\glance-api.conf`)
      ?.toString()
      .replaceAll(/hv-\d+|win-\d+|10\.0\.0\.\d+/g, 'NODE'),
  );
  expect(configured.length).toBeGreaterThan(1);
  expect(new Set(configured).size).toBe(1);
  expect(secretsIn(world)).toEqual([]);
  const changing = (): readonly number[] => [...world.nodes.values()].map((node) => node.changing);
  const before = [changing(), JSON.stringify(world.model.relations)];
  for (const { name } of units) await world.deliver(name, { kind: 'update-status' });
  expect([changing(), JSON.stringify(world.model.relations)]).toEqual(before);
  expect(world.model.applications[application]?.leaderSettings).toEqual({});
}
