import { join } from 'node:path';
import type { Emit } from '../../events/events.ts';
import { proposePort } from '../services/ports.ts';
import { startServices, stopServices } from '../services/start.ts';
import type { SandboxKeys } from './credentials.ts';
import type { SandboxSettings } from './settings.ts';
import type { ServiceStatus } from './state.ts';

/** The ports that examples name; taken ones are replaced by free ones when the services start. */
const usualPorts = { mariadb: 13306, keystone: 15000 } as const;

export interface SandboxServices {
  readonly status: readonly ServiceStatus[];
  readonly stop: () => Promise<void>;
}

/** Starts the services that the settings ask for; what cannot be had on this machine is noted. Throws BuildError. */
export async function sandboxServices(
  directory: string,
  { services }: SandboxSettings,
  secrets: SandboxKeys['secrets'],
  emit: Emit,
): Promise<SandboxServices> {
  const home = join(directory, 'services');
  for (const name of services) await proposePort(join(home, name), name, usualPorts[name]);
  const started = await startServices(home, services, { emit, secrets });
  for (const { name, reason } of started.leftOut)
    emit({ kind: 'note', level: 'warning', message: `${name} is left out: ${reason}` });
  const status = services.flatMap((name) => {
    const url = started[name]?.url;
    return url === undefined ? [] : [{ name, url }];
  });
  return { status, stop: () => stopServices(started) };
}
