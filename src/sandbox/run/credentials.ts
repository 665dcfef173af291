import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { type KeyPair, makeKeyPair } from '../server/key-pair.ts';
import { nodePlaces, type SandboxSettings } from './settings.ts';

/** User that the nodes let in. */
export const nodeUser = 'oriel';

export interface SandboxKeys {
  /** Public key of the one client, OpenSSH format. */
  readonly clientKey: string;
  /** Private host keys by node. */
  readonly hostKeys: ReadonlyMap<string, string>;
  readonly secrets: Readonly<Record<SecretName, string>>;
}

/** Names under which a site file finds the sandbox's passwords. */
type SecretName =
  | 'glance_database_password'
  | 'glance_keystone_password'
  | 'keystone_admin_password'
  | 'node_password';

/**
 * Makes what is missing of keys and passwords in the sandbox's folder, and writes what reaches the nodes: id_ed25519,
 * known_hosts, secrets.yaml and nodes.yaml (the `nodes` of a site file). What is there stays, so that sites keep working.
 */
export async function prepareCredentials(directory: string, settings: SandboxSettings): Promise<SandboxKeys> {
  const client = await keyPair(join(directory, 'id_ed25519'));
  const places = nodePlaces(settings);
  const hosts = await Promise.all(
    places.map(async ({ name, address }) => {
      await mkdir(join(directory, 'nodes', name), { recursive: true });
      return { name, address, key: await keyPair(join(directory, 'nodes', name, 'ssh_host_ed25519_key')) };
    }),
  );
  const lines = hosts.map(({ address, key }) => `${hostName(address, settings.port)} ${key.public}\n`);
  await writeFile(join(directory, 'known_hosts'), lines.join(''));
  await writeFile(join(directory, 'nodes.yaml'), nodesYaml(settings));
  return {
    clientKey: client.public,
    hostKeys: new Map(hosts.map(({ name, key }) => [name, key.private])),
    secrets: await secretsOf(join(directory, 'secrets.yaml')),
  };
}

async function keyPair(file: string): Promise<KeyPair> {
  if (!existsSync(file)) {
    const made = makeKeyPair('oriel-sandbox');
    await writeFile(`${file}.pub`, `${made.public}\n`);
    await writeFile(file, made.private, { mode: 0o600 });
  }
  return { private: await readFile(file, 'utf8'), public: (await readFile(`${file}.pub`, 'utf8')).trim() };
}

function hostName(address: string, port: number): string {
  return port === 22 ? address : `[${address}]:${port}`;
}

async function secretsOf(file: string): Promise<SandboxKeys['secrets']> {
  const found = existsSync(file)
    ? (load(await readFile(file, 'utf8')) as Partial<SandboxKeys['secrets']>)
    : {};
  const made = () => randomBytes(18).toString('base64url');
  const secrets = {
    glance_database_password: found.glance_database_password ?? made(),
    glance_keystone_password: found.glance_keystone_password ?? made(),
    keystone_admin_password: found.keystone_admin_password ?? made(),
    node_password: found.node_password ?? made(),
  };
  await writeFile(file, dump(secrets), { mode: 0o600 });
  return secrets;
}

/** The part of a site file that names the nodes; paths are relative to it, as in every site file. */
function nodesYaml(settings: SandboxSettings): string {
  const defaults = {
    via: 'ssh',
    port: settings.port,
    user: nodeUser,
    identity: 'id_ed25519',
    known_hosts: 'known_hosts',
    roles: ['glance'],
  };
  const nodes = nodePlaces(settings).map(({ name, address }) => [name, { address }]);
  const site = { secrets: [{ file: 'secrets.yaml' }], nodes: { defaults, ...Object.fromEntries(nodes) } };
  return `# Written by \`oriel sandbox up\`: \`extends: nodes.yaml\` in a site file beside it uses these nodes.\n${dump(site)}`;
}
