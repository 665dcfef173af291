import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secret } from '../../secret.ts';
import { tenant } from '../tenant.ts';
import { keystoneProgram } from './keystone-program.ts';
import { withPort } from './ports.ts';
import { type RunningProgram, startProgram } from './program.ts';

export interface KeystoneAccount {
  readonly user: string;
  readonly password: Secret;
  readonly project: string;
}

/** All users and projects are of the domain `Default`. */
export interface Keystone {
  readonly pid: number;
  /** `auth_url`: `http://127.0.0.1:PORT/v3`. */
  readonly url: string;
  readonly region: string;
  /** Roles admin and service in project service: what the service checks tokens with, and what may do everything through it. */
  readonly service: KeystoneAccount;
  readonly admin: KeystoneAccount;
}

export interface KeystoneRequest {
  readonly directory: string;
  /** The Python that has Keystone. */
  readonly python: string;
  readonly adminPassword: Secret;
  readonly servicePassword: Secret;
  /** Address of the image service, `http://127.0.0.2:9292`; public, internal and admin. Without it the catalogue has none. */
  readonly imageUrl?: string;
}

const region = 'RegionOne';

/** Starts a Keystone of its own in `directory`, on 127.0.0.1 only. Its database and keys are kept, so tokens outlive a restart. */
export async function startKeystone(
  request: KeystoneRequest,
): Promise<{ readonly server: Keystone; readonly program: RunningProgram }> {
  await mkdir(request.directory, { recursive: true });
  return withPort(request.directory, 'keystone', (port) => startOn(port, request));
}

async function startOn(
  port: number,
  request: KeystoneRequest,
): Promise<{ readonly server: Keystone; readonly program: RunningProgram }> {
  const { directory, python, adminPassword, servicePassword } = request;
  const url = `http://127.0.0.1:${port}/v3`;
  for (const keys of ['fernet-keys', 'receipt-keys', 'credential-keys'])
    await makeKeys(join(directory, keys));
  await writeFile(join(directory, 'keystone.conf'), configuration(directory));
  await writeFile(join(directory, 'serve.py'), keystoneProgram);
  const settings = join(directory, 'settings.json');
  await writeFile(settings, JSON.stringify(settingsOf(request, port, url)), { mode: 0o600 });
  const program = await startProgram({
    name: 'keystone',
    directory,
    file: python,
    args: [join(directory, 'serve.py'), settings],
    env: { PYTHONWARNINGS: 'ignore' },
    answers: () => answers(url),
  });
  const service = { user: tenant, password: servicePassword, project: 'service' };
  const admin = { user: 'admin', password: adminPassword, project: 'admin' };
  return { server: { pid: program.pid, url, region, service, admin }, program };
}

function settingsOf(request: KeystoneRequest, port: number, url: string): object {
  const account = (user: string, password: Secret, project: string, role: string): object => ({
    user,
    password: password.reveal(),
    project,
    role,
  });
  const endpoints = (address: string): object => ({ public: address, internal: address, admin: address });
  return {
    configuration: join(request.directory, 'keystone.conf'),
    database: join(request.directory, 'keystone.sqlite'),
    port,
    region,
    admin: account('admin', request.adminPassword, 'admin', 'admin'),
    accounts: ['admin', 'service'].map((role) => account(tenant, request.servicePassword, 'service', role)),
    services: [
      { kind: 'identity', name: 'keystone', urls: endpoints(url) },
      ...(request.imageUrl === undefined
        ? []
        : [{ kind: 'image', name: tenant, urls: endpoints(request.imageUrl) }]),
    ],
  };
}

function configuration(directory: string): string {
  return `[DEFAULT]
log_file = ${directory}/keystone.log

[database]
connection = sqlite:///${directory}/keystone.sqlite

[token]
provider = fernet
expiration = 86400

[fernet_tokens]
key_repository = ${directory}/fernet-keys

[fernet_receipts]
key_repository = ${directory}/receipt-keys

[credential]
key_repository = ${directory}/credential-keys

[identity]
# The least that bcrypt takes: there is nothing to guess here.
password_hash_rounds = 4
`;
}

/** What "keystone-manage fernet_setup" makes: key 0 is the next one, the highest signs. */
async function makeKeys(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of ['0', '1']) {
    const file = join(folder, name);
    // 32 bytes in base64 with - and _, padded: the form of Fernet.
    if (!existsSync(file))
      await writeFile(file, `${randomBytes(32).toString('base64url')}=`, { mode: 0o600 });
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}
