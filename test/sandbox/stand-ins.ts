import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backing, StandIn } from '../../src/sandbox/node/backing.ts';
import { noFaults } from '../../src/sandbox/node/faults.ts';
import { nodeFolder } from '../../src/sandbox/node/node-folder.ts';
import { healthyCluster } from '../../src/sandbox/scenario/healthy.ts';
import { simulatedBacking } from '../../src/sandbox/simulated/backing.ts';

/** A folder below the system's temporary one, and what removes it. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'oriel-test-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export function aStandIn(backing: Backing, address = '127.0.0.1'): StandIn {
  return {
    name: 'glance-1',
    computer: 'GLANCE-1',
    address,
    user: 'oriel',
    backing,
    shared: backing.memory,
    scenario: healthyCluster,
    faults: noFaults,
    detached: new Map(),
    power: new EventEmitter(),
  };
}

/** A simulated node in `folder` without Glance behind it; `share` is the folder of \\\\SOFS1\\images in it. */
export async function aSimulatedNode(folder: string, share = 'share'): Promise<StandIn> {
  const shares = [{ path: '\\\\SOFS1\\images', folder: join(folder, share) }];
  const place = await nodeFolder(folder, 'glance-1', 'simulated', shares);
  const glance = { missing: 'this test needs none' };
  return aStandIn(await simulatedBacking(place, { address: '127.0.0.1', glance }));
}
