import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endsWithUs } from '../../fixtures/ends-with-us.ts';
import { freePort } from '../../fixtures/free-port.ts';

export const realm = 'EXAMPLE.TEST';
const server = '/usr/sbin/krb5kdc';
const faketime = '/usr/bin/faketime';

export const missingFaketime = existsSync(faketime)
  ? undefined
  : ': faketime is not there (apt-get install faketime)';

/** Why there can be no KDC here; undefined where there can. */
export const missingKdc =
  existsSync(server) && existsSync('/usr/bin/kinit')
    ? undefined
    : ': MIT Kerberos is not there (apt-get install krb5-kdc krb5-admin-server krb5-user)';

export interface Kdc {
  /** What programs need to find it; also set for this process. */
  readonly env: Readonly<Record<string, string>>;
  readonly path: (name: string) => string;
  /** Makes an account of the password `secret`, and its keytab NAME.keytab. */
  add(principal: string, keytab: string, options?: readonly string[]): void;
  /** By the clock of the KDC. */
  kinit(...args: readonly string[]): void;
  close(): Promise<void>;
}

/**
 * A real MIT KDC on a free port of loopback, with a folder of its own.
 * @param clock how far its clock is from ours, as faketime takes it: `+10m`
 */
export async function startKdc(clock?: string): Promise<Kdc> {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-kdc-'));
  const path = (name: string): string => join(folder, name);
  const port = await freePort();
  writeFileSync(path('krb5.conf'), clientConfiguration(port));
  writeFileSync(path('kdc.conf'), serverConfiguration(port, folder));
  const env = {
    KRB5_CONFIG: path('krb5.conf'),
    KRB5_KDC_PROFILE: path('kdc.conf'),
    KRB5CCNAME: `FILE:${path('tickets')}`,
  };
  const run = (program: string, ...args: readonly string[]): void => {
    execFileSync(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  run('/usr/sbin/kdb5_util', 'create', '-s', '-r', realm, '-P', 'master');
  const timed = (...command: [string, ...string[]]): [string, ...string[]] =>
    clock === undefined ? command : [faketime, '-f', clock, ...command];
  const [program, ...args] = endsWithUs(...timed(...endsWithUs(server, '-n')));
  // A group of its own: faketime stays beside the program that it starts.
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: 'ignore', detached: true });
  await listening(port, () => child.exitCode !== null);
  const before = Object.keys(env).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, env);
  return {
    env,
    path,
    add: (principal, keytab, options = []) => {
      run('/usr/sbin/kadmin.local', 'add_principal', '-pw', 'secret', ...options, principal);
      run('/usr/sbin/kadmin.local', 'ktadd', '-norandkey', '-k', path(keytab), principal);
    },
    kinit: (...args) => run(...timed('/usr/bin/kinit', ...args)),
    close: async () => {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      if (child.pid !== undefined) process.kill(-child.pid);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}

const clientConfiguration = (port: number): string => `[libdefaults]
 default_realm = ${realm}
 dns_lookup_kdc = false
 dns_lookup_realm = false
 dns_canonicalize_hostname = false
 rdns = false
 kdc_timesync = 0
[realms]
 ${realm} = {
  kdc = 127.0.0.1:${port}
 }
`;

const serverConfiguration = (port: number, folder: string): string => `[kdcdefaults]
 kdc_listen = 127.0.0.1:${port}
 kdc_tcp_listen = 127.0.0.1:${port}
[realms]
 ${realm} = {
  database_name = ${join(folder, 'principal')}
  key_stash_file = ${join(folder, 'stash')}
  max_life = 1d
 }
[logging]
 kdc = FILE:${join(folder, 'kdc.log')}
`;

async function listening(port: number, ended: () => boolean): Promise<void> {
  while (!ended()) {
    const socket = connect(port, '127.0.0.1');
    const up = await new Promise((resolve) =>
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false)),
    );
    socket.destroy();
    if (up) return;
    await sleep(20);
  }
  throw new Error('the KDC did not start');
}
