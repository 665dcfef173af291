import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRecord } from '../../src/drill/record.ts';
import { bringBack } from '../../src/drill/run-drill.ts';
import { scenarios } from '../../src/drill/scenarios.ts';
import { openStage } from '../../src/drill/stage.ts';
import type { Session } from '../../src/session/session.ts';
import { whole } from '../extent.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';
import { acted, stageOn } from './acted.ts';
import { aCluster, watched } from './cluster.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
const names = scenarios.map(({ name }) => name);
/** Of the calls of a drill each so many, of which the first is one. */
const stride = whole ? 1 : 7;
let count = 0;

async function aFolder(): Promise<string> {
  const path = join(folder, String(++count));
  await mkdir(path);
  return path;
}

/** How many calls the acting part makes, all told. */
async function callsOf(scenario: string): Promise<number> {
  const directory = await aFolder();
  let calls = 0;
  const wrap = (session: Session): Session => watched(session, { before: () => void calls++ });
  await acted(scenario, await aCluster(directory), join(directory, 'drill.json'), { wrap });
  return calls;
}

describe.each(names)('%s that ends in its middle', (scenario) => {
  it.each(['before', 'after'] as const)(
    '%s any of its calls is brought back by the next run',
    async (when) => {
      const calls = await callsOf(scenario);
      expect(calls).toBeGreaterThan(10);
      for (let last = 1; last <= calls; last += stride) {
        const directory = await aFolder();
        const path = join(directory, 'drill.json');
        const cluster = await aCluster(directory);
        const before = await cluster.state();
        let made = 0;
        // No failure of a node, so nobody restores: as after SIGKILL.
        const end = (): void => {
          if (++made >= last) throw new Error('killed');
        };
        const wrap = (session: Session): Session => watched(session, { [when]: end });
        await expect(acted(scenario, cluster, path, { wrap })).rejects.toThrow('killed');
        const record = await readRecord(path);
        expect(record, `call ${last}`).toMatchObject({ scenario, share: 'images' });
        const { members, options } = stageOn(cluster);
        const restored = record && (await bringBack(record, path, openStage({ ...options, members })));
        expect(restored, `call ${last}`).toMatchObject({ verdict: 'pass' });
        expect(await readRecord(path)).toBeUndefined();
        expect(await cluster.state(), `call ${last}`).toEqual(before);
      }
    },
  );

  it('by Ctrl-C at any of its calls brings all back itself', async () => {
    const calls = await callsOf(scenario);
    for (let last = 1; last <= calls; last += stride) {
      const directory = await aFolder();
      const cluster = await aCluster(directory);
      const before = await cluster.state();
      const controller = new AbortController();
      let made = 0;
      const wrap = (session: Session): Session =>
        watched(session, { before: () => void (++made === last && controller.abort()) });
      const path = join(directory, 'drill.json');
      const { restored } = await acted(scenario, cluster, path, { wrap, interrupted: controller.signal });
      expect(restored.found).toMatchObject({ verdict: 'pass' });
      const { nodes, groups, volumes, clients, files } = await cluster.state();
      // It does not wait for a repair.
      expect({ nodes, groups, volumes, clients, files }, `call ${last}`).toEqual({
        ...{ nodes: before.nodes, groups: before.groups, volumes: before.volumes },
        ...{ clients: before.clients, files: before.files },
      });
    }
  });
});
