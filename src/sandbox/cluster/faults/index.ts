import type { Change } from '../change/change.ts';
import { clientFaults } from './client.ts';
import { clusterFaults } from './cluster.ts';
import { fileFaults } from './files.ts';
import { generalFaults } from './general.ts';
import { networkFaults } from './network.ts';
import { poolFaults } from './pool.ts';
import { shareFaults } from './share.ts';
import { siteFaults } from './site.ts';
import type { StorageFault } from './storage-fault.ts';

const faults = {
  ...siteFaults,
  ...networkFaults,
  ...clusterFaults,
  ...poolFaults,
  ...shareFaults,
  ...clientFaults,
  ...fileFaults,
} satisfies Record<string, StorageFault>;

export type StorageFaultName = keyof typeof faults;

/** What can be wrong with a storage, for each check of it: `sto-12-no-witness`. */
export const storageFaults: Readonly<Record<StorageFaultName, StorageFault>> = faults;

/** What a fault makes of the cluster; undefined: nothing. */
export function changeOf(name: string): Change | undefined {
  const known: Readonly<Record<string, StorageFault | undefined>> = storageFaults;
  const general: Readonly<Record<string, Change | undefined>> = generalFaults;
  return known[name]?.change ?? general[name];
}
