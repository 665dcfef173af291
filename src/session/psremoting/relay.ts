import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dataFile } from '../../data-files.ts';
import { launchArguments } from '../agent-link/launch.ts';

/** How the near end of the relay is started: constant, like the launch line of an agent. */
export interface RelayLaunch {
  readonly args: readonly string[];
  /** The first line for its standard input: its source, gzip, base64, with the line end. */
  readonly sourceLine: string;
}

let packed: RelayLaunch | undefined;

export function relayLaunch(): RelayLaunch {
  packed ??= pack(dataFile('agent'));
  return packed;
}

function pack(directory: string): RelayLaunch {
  const bootstrap = readFileSync(join(directory, 'relay', 'bootstrap.ps1'), 'utf8');
  const folders = [
    ['parts', 'text'],
    ['relay', 'near'],
    ['relay', 'far'],
  ];
  const source = folders.flatMap((folder) => scriptsIn(join(directory, ...folder))).join('\n');
  return {
    args: launchArguments(bootstrap),
    sourceLine: `${gzipSync(source, { level: 9 }).toString('base64')}\n`,
  };
}

/** The far end as text: the functions that start PowerShell for the agent and carry its streams. */
export function farSource(): string {
  return scriptsIn(dataFile('agent', 'relay', 'far')).join('\n');
}

function scriptsIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ps1'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}
