import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeState } from '../../src/sandbox/simulated/node-state.ts';
import { aSimulatedNode, temporaryFolder } from './stand-ins.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

it('a simulated service remembers what is done when it fails, and its start mode beside it', async () => {
  const { backing } = await aSimulatedNode(folder);
  const service = { name: 'Glance', path: 'svc.exe', account: 'LocalSystem', startMode: 'Manual' } as const;
  writeState(join(folder, 'nodes', 'glance-1', 'simulated'), { products: [], services: [service] });
  const none = { actions: [], reset: 0, onError: false };
  expect(await backing.service('glance')).toMatchObject({ startMode: 'Manual', recovery: none });
  const recovery = { actions: ['restart/10000'], reset: 86400, onError: true };
  await backing.setRecovery('glance', recovery);
  await backing.setStartMode('glance', 'Disabled');
  expect(await backing.service('glance')).toMatchObject({ startMode: 'Disabled', recovery });
});
