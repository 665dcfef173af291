import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Emit } from '../events/events.ts';
import type { Credentials } from './credentials.ts';
import { startNeighbours, stopNeighbours } from './neighbours/index.ts';
import type { SandboxSettings } from './settings.ts';
import type { NeighbourStatus } from './state.ts';

/** The ports that examples name; taken ones are replaced by free ones when the neighbours start. */
const usualPorts = { mariadb: 13306, keystone: 15000 } as const;

export interface NeighbourServices {
  readonly status: readonly NeighbourStatus[];
  readonly stop: () => Promise<void>;
}

/** Starts the neighbours that the settings ask for; what cannot be had on this machine is noted. Throws BuildError. */
export async function neighbourServices(
  directory: string,
  { neighbours }: SandboxSettings,
  secrets: Credentials['secrets'],
  emit: Emit,
): Promise<NeighbourServices> {
  const home = join(directory, 'neighbours');
  for (const name of neighbours) await proposePort(join(home, name), name);
  const started = await startNeighbours(home, neighbours, { emit, secrets });
  for (const { name, reason } of started.leftOut)
    emit({ kind: 'note', level: 'warning', message: `${name} is left out: ${reason}` });
  const status = neighbours.flatMap((name) => {
    const url = started[name]?.url;
    return url === undefined ? [] : [{ name, url }];
  });
  return { status, stop: () => stopNeighbours(started) };
}

async function proposePort(folder: string, name: keyof typeof usualPorts): Promise<void> {
  const file = join(folder, `${name}.port`);
  if (existsSync(file)) return;
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${usualPorts[name]}\n`);
}
