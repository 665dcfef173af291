import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { run } from '../../process.ts';
import type { Secret } from '../../secret.ts';
import { tenant } from '../tenant.ts';
import { withPort } from './ports.ts';
import { type RunningProgram, startProgram } from './program.ts';

export interface MariaDb {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: Secret;
  /** `database.connection` of a site file: without the password. */
  readonly url: string;
}

/** Why there can be no MariaDB here; undefined: there can. */
export function whyNoMariaDb(): string | undefined {
  const missing = ['mariadbd', 'mariadb-install-db'].filter((name) => findProgram(name) === undefined);
  return missing.length === 0
    ? undefined
    : `${missing.join(', ')}: not installed (Debian: apt-get install mariadb-server-core mariadb-client-core)`;
}

/**
 * Starts a MariaDB of its own in `directory`, on 127.0.0.1 only, with a database and a user of the tenant's name for it. Tables and
 * rows of earlier starts are kept. Nothing is flushed to the disk: what a power failure takes is not worth waiting for.
 */
export async function startMariaDb(
  directory: string,
  password: Secret,
): Promise<{ readonly server: MariaDb; readonly program: RunningProgram }> {
  await mkdir(directory, { recursive: true });
  const data = join(directory, 'data');
  const temporary = join(directory, 'tmp');
  await mkdir(temporary, { recursive: true });
  if (!existsSync(data)) await initialize(data, temporary);
  const init = join(directory, 'init.sql');
  await writeFile(init, initialStatements(password), { mode: 0o600 });
  const { port, program } = await withPort(directory, 'mariadb', async (port) => {
    const program = await startProgram({
      name: 'mariadb',
      directory,
      file: findProgram('mariadbd') ?? 'mariadbd',
      args: [...commonArguments(data, temporary), ...serverArguments(init, port)],
      answers: () => greets(port),
    });
    return { port, program };
  });
  const url = `mysql+pymysql://${tenant}@127.0.0.1:${port}/${tenant}?charset=utf8`;
  const server = {
    pid: program.pid,
    host: '127.0.0.1',
    port,
    database: tenant,
    user: tenant,
    password,
    url,
  };
  return { server, program };
}

function serverArguments(init: string, port: number): readonly string[] {
  return [
    `--init-file=${init}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    // Below the data directory, where mariadbd works: a path of its own may be too long for a socket.
    '--socket=mariadb.sock',
    '--pid-file=mariadb.pid',
    '--skip-log-bin',
    '--performance-schema=OFF',
    '--innodb-buffer-pool-size=64M',
    '--innodb-doublewrite=0',
    // A look at the port counts as a failed connection.
    '--max-connect-errors=1000000',
  ];
}

/** As root it wants to be told, and then to own its files itself: the directory may be closed to other users. */
const asUser = process.getuid?.() === 0 ? ['--user=root'] : [];

/** What the first start and all others are told. A server that starts removes the temporary tables of any other in the same folder. */
function commonArguments(data: string, temporary: string): readonly string[] {
  return [
    '--no-defaults',
    ...asUser,
    `--datadir=${data}`,
    `--tmpdir=${temporary}`,
    '--skip-name-resolve',
    '--innodb-flush-log-at-trx-commit=0',
    '--debug-no-sync=1',
  ];
}

async function initialize(data: string, temporary: string): Promise<void> {
  const part = `${data}.part`;
  await rm(part, { recursive: true, force: true });
  const args = [...commonArguments(part, temporary), '--skip-test-db'];
  await run(findProgram('mariadb-install-db') ?? 'mariadb-install-db', args);
  await rename(part, data);
}

/** Run at every start, one statement a line; so a new password reaches an old database. */
function initialStatements(password: Secret): string {
  const secret = password.reveal().replace(/['\\]/g, (character) => `\\${character}`);
  return [
    `CREATE DATABASE IF NOT EXISTS ${tenant} CHARACTER SET utf8mb3;`,
    `CREATE USER IF NOT EXISTS '${tenant}'@'%';`,
    `ALTER USER '${tenant}'@'%' IDENTIFIED BY '${secret}';`,
    `GRANT ALL PRIVILEGES ON ${tenant}.* TO '${tenant}'@'%';`,
    '',
  ].join('\n');
}

/** The server speaks first; that it does says that the statements above have run. */
function greets(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(1000, () => socket.destroy());
    socket.once('data', () => {
      done(true);
      socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => done(false));
  });
}

/** Servers are in sbin, which is not on every user's PATH. */
function findProgram(name: string): string | undefined {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/libexec',
  ];
  return folders.map((folder) => join(folder, name)).find(mayRun);
}

function mayRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
