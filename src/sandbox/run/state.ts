import { join } from 'node:path';
import type { ProcessIdentity } from '../node/processes.ts';
import type { SandboxService } from './settings.ts';
import { readJson, writeJson } from './settings.ts';

export interface SandboxNodeStatus {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Ports of its WinRM service. */
  readonly winrm: { readonly http: number; readonly https: number };
  readonly platform: 'wine' | 'simulated';
  /** Of a node that runs PowerShell: `7.6.9`. */
  readonly powershell?: string;
  /** `SHA256:...` of its host key. */
  readonly hostKey: string;
}

export interface ServiceStatus {
  readonly name: SandboxService;
  /** Where it answers. */
  readonly url: string;
}

/** What the supervisor says of its sandbox, in DIRECTORY/state.json. */
export interface SandboxState {
  /** Value of the environment variable that marks every process of it. */
  readonly id: string;
  readonly phase: 'starting' | 'up' | 'failed' | 'down';
  readonly supervisor: ProcessIdentity;
  readonly nodes: readonly SandboxNodeStatus[];
  readonly services: readonly ServiceStatus[];
  /** What is not as it would be with everything installed. */
  readonly notes: readonly string[];
  /** Why it failed. */
  readonly error?: string;
}

export function readSandboxState(directory: string): Promise<SandboxState | undefined> {
  return readJson<SandboxState>(stateFile(directory));
}

export function writeSandboxState(directory: string, state: SandboxState): Promise<void> {
  return writeJson(stateFile(directory), state);
}

export function stateFile(directory: string): string {
  return join(directory, 'state.json');
}
