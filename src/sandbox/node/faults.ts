import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../errors.ts';
import { isAbsent } from '../agent/failure/agent-failure.ts';

/** Everything that can go wrong in a sandbox while it runs, when somebody wants it to. A new fault is added here first. */
export const faultEffects = {
  'cluster-node-down': 'the cluster has lost S2D-2; its shares go on from S2D-1',
  'restart-pending': 'Windows Update waits for a restart of each node, also after one',
  'service-start-fails': 'a service of Python ends at once when it is started; one that runs goes on',
  'share-offline': 'the share \\\\SOFS1\\images is gone; its files come back with it',
  'slow-agent': 'everything that an agent says comes a second late',
  'storage-degraded': 'a disk has failed; pool and volume are degraded, and a repair runs',
  'upload-disk-full': 'no file can be written by SFTP: there is not enough space on the disk',
} as const;
export type FaultName = keyof typeof faultEffects;

export const faultNames = Object.keys(faultEffects).sort() as readonly FaultName[];

/** Which faults are on, as of now. */
export interface FaultSwitches {
  readonly isOn: (name: FaultName) => boolean;
}

/** The faults of the sandbox in a folder: asked anew each time, as another process switches them. */
export function faultsIn(directory: string): FaultSwitches {
  return { isOn: (name) => readFaults(directory).includes(name) };
}

/** Where nothing goes wrong. */
export const noFaults: FaultSwitches = { isOn: () => false };

/** Names of the faults that are on, in order. */
export function readFaults(directory: string): readonly FaultName[] {
  try {
    return JSON.parse(readFileSync(fileOf(directory), 'utf8')) as FaultName[];
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** Makes these the faults that are on, and says so to whoever asks `faultsIn`; what a fault does elsewhere is not done here. */
export function writeFaults(directory: string, names: readonly FaultName[]): void {
  const file = fileOf(directory);
  writeFileSync(`${file}.new`, `${JSON.stringify([...new Set(names)].sort())}\n`);
  renameSync(`${file}.new`, file);
}

/** The fault of a name. Throws InputError with the list for one that there is not. */
export function faultNamed(name: string): FaultName {
  const found = faultNames.find((each) => each === name);
  if (found !== undefined) return found;
  throw new InputError([
    { message: `there is no fault ${name}`, hint: `The faults are: ${faultNames.join(', ')}.` },
  ]);
}

function fileOf(directory: string): string {
  return join(directory, 'faults.json');
}
