import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAbsent } from '../agent/failure/agent-failure.ts';
import type { ListedProduct, ServiceRecovery, StartMode } from '../node/backing.ts';

/** A service as its package registered it. */
export interface RegisteredService {
  readonly name: string;
  /** The whole command line, Windows paths. */
  readonly path: string;
  readonly account: string;
  readonly startMode: StartMode;
  /** Remembered only: a service that dies stays as it is. */
  readonly recovery?: ServiceRecovery;
  readonly dependencies?: readonly string[];
}

export interface InstalledProduct extends ListedProduct {
  readonly upgradeCode: string;
  /** Windows paths of what was installed, for removal. */
  readonly files: readonly string[];
  readonly services: readonly string[];
}

/** What a simulated node remembers besides its files. */
export interface NodeState {
  readonly products: readonly InstalledProduct[];
  readonly services: readonly RegisteredService[];
}

export function readState(root: string): NodeState {
  try {
    return JSON.parse(readFileSync(stateFile(root), 'utf8')) as NodeState;
  } catch (error) {
    if (isAbsent(error)) return { products: [], services: [] };
    throw error;
  }
}

export function writeState(root: string, state: NodeState): void {
  const file = stateFile(root);
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}

function stateFile(root: string): string {
  return join(root, 'state.json');
}
