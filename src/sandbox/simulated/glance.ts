import { join } from 'node:path';
import type { Emit } from '../../events/events.ts';
import { cacheDirectory } from '../../payload/cache/cache.ts';
import { glanceVenv } from './glance-venv.ts';
import type { Surroundings } from './programs.ts';

/** What simulated nodes run in place of the programs of a package. */
export type SimulatedPrograms = Pick<Surroundings, 'glance' | 'database'>;

/** What simulated nodes serve images with, and where their database is. */
export async function simulatedPrograms(
  { directory, emit }: { readonly directory: string; readonly emit: Emit },
  services: readonly { readonly name: string }[],
): Promise<SimulatedPrograms> {
  const mysql = services.some(({ name }) => name === 'mariadb');
  const note = (message: string): void => emit({ kind: 'note', level: 'warning', message });
  const database = mysql ? {} : { database: `sqlite:///${join(directory, 'glance.sqlite')}` };
  if (!mysql) note('there is no MariaDB: simulated nodes keep the database of Glance in SQLite');
  try {
    return { glance: { venv: await glanceVenv(cacheDirectory(), emit) }, ...database };
  } catch (error) {
    note(`simulated nodes cannot serve images, as Glance could not be brought: ${(error as Error).message}`);
    return { glance: { missing: (error as Error).message }, ...database };
  }
}
