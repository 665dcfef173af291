import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directories, files, registryKey, registryValues, variables } from './component/checks.ts';
import type { Rig } from './rig.ts';

/** How both programs reach the nodes. */
export interface Way {
  readonly folder: string;
  readonly prefix: string;
  /** Settings of all nodes in a site file, as JSON has them. */
  readonly site: object;
  /** Variables of all nodes in an inventory. */
  readonly inventory: object;
}

/** Over the SSH server of the rig. */
export function overSsh({ folder, prefix, identity, knownHosts }: Rig): Way {
  return {
    ...{ folder, prefix },
    site: { via: 'ssh', user: 'root', identity, known_hosts: knownHosts },
    inventory: {
      ansible_user: 'root',
      ansible_connection: 'ssh',
      ansible_ssh_private_key_file: identity,
      ansible_ssh_common_args: `-F none -o UserKnownHostsFile=${knownHosts}`,
      ansible_ssh_args: `-o ControlMaster=auto -o ControlPersist=60s`,
      ansible_ssh_pipelining: true,
    },
  };
}

/** A program that looks at nodes: what is run, and where. */
export interface Program {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly directory: string;
  /** The Wine prefix of the nodes that it looks at. */
  readonly prefix: string;
  readonly environment: NodeJS.ProcessEnv;
}

const repository = join(import.meta.dirname, '..', '..');

/** The program that `bundleOriel` makes. */
export const bundled = join(repository, 'dist', 'remoting', 'oriel.cjs');

/** `oriel VERB` on the first nodes of the rig, as the one file of JavaScript that users have, with the component beside this file. */
export function oriel(way: Way, ports: readonly number[], ...verb: readonly string[]): Program {
  const directory = join(way.folder, `oriel-${ports.join('-')}`);
  mkdirSync(directory, { recursive: true });
  const lines = [
    'name: remoting',
    'components: { checks: {} }',
    'secrets: [{ env: BENCHMARK_ }]',
    'nodes:',
    `  defaults: ${JSON.stringify(way.site)}`,
    ...ports.map((port, index) => `  node-${index}: { address: 127.0.0.1, port: ${port}, roles: [checks] }`),
  ];
  writeFileSync(join(directory, 'site.yaml'), `${lines.join('\n')}\n`);
  const [name = '', ...rest] = verb;
  return {
    ...{ name: 'oriel', directory, prefix: way.prefix, environment: process.env },
    command: [process.execPath, bundled, name, 'site.yaml', ...rest],
  };
}

/** Makes that program. */
export function bundleOriel(): void {
  const options = ['--with', join(import.meta.dirname, 'component'), '--out', bundled];
  execFileSync(process.execPath, [join(repository, 'scripts', 'bundle.mjs'), ...options], {
    stdio: 'inherit',
  });
}

/** The same checks as tasks of a playbook, the first `count` of them, each of the modules of Ansible that exist for it. */
function tasks(count: number): readonly object[] {
  const byKind = [
    directories.map((path) => ({ 'ansible.windows.win_file': { path, state: 'directory' } })),
    files.map(({ path }) => ({ 'ansible.windows.win_stat': { path, checksum_algorithm: 'sha256' } })),
    registryValues.map(({ name, value }) => ({
      'ansible.windows.win_regedit': {
        ...{ path: registryKey.replace('HKLM', 'HKLM:'), name, data: value, type: 'string' },
      },
    })),
    variables.map(({ name, value }) => ({
      'ansible.windows.win_environment': { name, value, level: 'machine', state: 'present' },
    })),
  ];
  return [0, 1, 2, 3, 4].flatMap((index) => byKind.flatMap((kind) => kind[index] ?? [])).slice(0, count);
}

/** Brings a file to the nodes: one task. */
export function ansibleCopy(way: Way, ports: readonly number[], source: string, target: string): Program {
  return playbook(way, ports, [{ 'ansible.windows.win_copy': { src: source, dest: target } }], 'copy', []);
}

/** The first `count` checks; nothing written (`--check`, as `oriel plan` writes nothing). */
export function ansible(way: Way, ports: readonly number[], count: number): Program {
  return playbook(way, ports, tasks(count), String(count), ['--check']);
}

/**
 * Ansible with the settings that are best for it: connections kept and pipelining, one process for each node, no gathering of facts.
 */
function playbook(
  way: Way,
  ports: readonly number[],
  own: readonly object[],
  name: string,
  flags: readonly string[],
): Program {
  const directory = join(way.folder, `ansible-${ports.join('-')}-${name}`);
  mkdirSync(directory, { recursive: true });
  const settings = { ansible_host: '127.0.0.1', ansible_shell_type: 'powershell', ...way.inventory };
  const hosts = Object.fromEntries(ports.map((port, index) => [`node-${index}`, { ansible_port: port }]));
  const inventory = { all: { hosts, vars: settings } };
  writeFileSync(join(directory, 'inventory.json'), JSON.stringify(inventory));
  const play = [{ hosts: 'all', gather_facts: false, tasks: own }];
  writeFileSync(join(directory, 'play.yaml'), JSON.stringify(play));
  const environment = {
    ...process.env,
    ANSIBLE_HOME: join(directory, 'home'),
    ANSIBLE_LOCALHOST_WARNING: 'false',
    ANSIBLE_NOCOLOR: 'true',
    ANSIBLE_RETRY_FILES_ENABLED: 'false',
  };
  const options = [
    '-i',
    'inventory.json',
    '--forks',
    String(Math.max(5, ports.length)),
    ...flags,
    'play.yaml',
  ];
  const { prefix } = way;
  return { name: 'Ansible', directory, prefix, environment, command: ['ansible-playbook', ...options] };
}
