import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Emit } from '../../events/events.ts';
import { cacheDirectory } from '../../payload/cache/cache.ts';
import { withProgress } from '../../payload/cache/progress.ts';
import { type Keystone, startKeystone } from './keystone.ts';
import { keystonePython } from './keystone-venv.ts';
import { type MariaDb, startMariaDb, whyNoMariaDb } from './mariadb.ts';
import { neighbourPasswords, type PasswordName, type Passwords } from './passwords.ts';
import type { RunningProgram } from './program.ts';

export type ServiceName = 'mariadb' | 'keystone';

export interface ServicesOptions {
  readonly emit: Emit;
  /** Address of the image service for the catalogue; without it there is none, until somebody lists one. */
  readonly imageUrl?: string;
  /** Passwords to use; those not given are made once and kept in DIRECTORY/secrets. */
  readonly secrets?: { readonly [Name in PasswordName]?: string };
  /** Where the Python environment of Keystone is kept; default: oriel's cache. */
  readonly cache?: string;
}

/** Services that a deployment talks to and that are not Windows: real ones, each with its own data below one directory. */
export interface StartedServices {
  readonly mariadb?: MariaDb;
  readonly keystone?: Keystone;
  /** What was asked for and cannot be had on this machine. */
  readonly leftOut: readonly { readonly name: ServiceName; readonly reason: string }[];
  readonly programs: readonly RunningProgram[];
}

interface Started {
  readonly found: Pick<StartedServices, 'mariadb' | 'keystone'>;
  readonly leftOut?: StartedServices['leftOut'][number];
  readonly program?: RunningProgram;
}

/**
 * Starts MariaDB and Keystone below `directory`, on 127.0.0.1, at the same time; they end with this process. What earlier starts
 * left there is taken up again. Throws BuildError when one that can be had does not start; then none is left running.
 */
export async function startServices(
  directory: string,
  which: readonly ServiceName[],
  options: ServicesOptions,
): Promise<StartedServices> {
  const home = resolve(directory);
  await mkdir(home, { recursive: true });
  const passwords = await neighbourPasswords(home, options.secrets ?? {});
  const starts = which.map((name) =>
    name === 'mariadb' ? mariadb(home, passwords, options) : keystone(home, passwords, options),
  );
  const results = await Promise.allSettled(starts);
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const programs = started.flatMap(({ program }) => program ?? []);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await Promise.all(programs.map((program) => program.stop()));
    throw failed.reason;
  }
  const leftOut = started.flatMap((one) => one.leftOut ?? []);
  return Object.assign({ leftOut, programs }, ...started.map(({ found }) => found));
}

/** Ends them; done when they have ended. */
export async function stopServices({ programs }: Pick<StartedServices, 'programs'>): Promise<void> {
  await Promise.all(programs.map((program) => program.stop()));
}

async function mariadb(home: string, passwords: Passwords, { emit }: ServicesOptions): Promise<Started> {
  const reason = whyNoMariaDb();
  if (reason) return { found: {}, leftOut: { name: 'mariadb', reason } };
  const { server, program } = await withProgress(emit, 'mariadb', 'starting MariaDB', () =>
    startMariaDb(join(home, 'mariadb'), passwords.glance_database_password),
  );
  return { found: { mariadb: server }, program };
}

async function keystone(home: string, passwords: Passwords, options: ServicesOptions): Promise<Started> {
  const { emit, imageUrl, cache = cacheDirectory() } = options;
  return withProgress(emit, 'keystone', 'bringing Keystone', async (report) => {
    const python = await keystonePython(cache).catch((error: Error) => error);
    if (typeof python !== 'string')
      return { found: {}, leftOut: { name: 'keystone', reason: python.message } } as const;
    report('starting Keystone');
    const { server, program } = await startKeystone({
      directory: join(home, 'keystone'),
      python,
      adminPassword: passwords.keystone_admin_password,
      servicePassword: passwords.glance_keystone_password,
      ...(imageUrl !== undefined && { imageUrl }),
    });
    return { found: { keystone: server }, program };
  });
}
