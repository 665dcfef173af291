import { readFile, rename, writeFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import { BuildError, InputError } from '../../errors.ts';
import { isAbsent } from '../agent/failure/agent-failure.ts';

export type SandboxService = 'keystone' | 'mariadb';

/** What a sandbox is asked to be; kept in DIRECTORY/sandbox.json. */
export interface SandboxSettings {
  /** How many nodes: glance-1, glance-2, ... */
  readonly nodes: number;
  /** Of the first node; the others follow. All are loopback. */
  readonly address: string;
  /** Of every node's SSH server. */
  readonly port: number;
  /** No Wine, also where it is installed. */
  readonly simulated: boolean;
  readonly services: readonly SandboxService[];
  /** Absolute path of PowerShell for Windows, a folder or a zip: the nodes run it. */
  readonly powershell?: string;
  /** Absolute path of a scenario file. */
  readonly scenario?: string;
}

export interface NodePlace {
  readonly name: string;
  readonly computer: string;
  readonly address: string;
}

/** Throws InputError with everything that cannot be. */
export function checkSettings(settings: SandboxSettings): SandboxSettings {
  const { nodes, address, port, simulated, services, powershell } = settings;
  const problems = [
    !(Number.isInteger(nodes) && nodes >= 1 && nodes <= 50) && `--nodes ${nodes}: a number from 1 to 50`,
    !(Number.isInteger(port) && port >= 1 && port <= 65535) && `--port ${port}: a port from 1 to 65535`,
    !(isIPv4(address) && address.startsWith('127.')) &&
      `--address ${address}: an address of loopback, 127.x.x.x`,
    simulated && powershell !== undefined && '--simulated and --powershell: PowerShell needs Wine',
    ...services.map(
      (name) => !['keystone', 'mariadb'].includes(name) && `--with ${name}: keystone or mariadb`,
    ),
  ];
  const found = problems.filter((problem) => problem !== false);
  if (found.length > 0) throw new InputError(found.map((message) => ({ message })));
  return settings;
}

/** Names and addresses of the nodes. */
export function nodePlaces({ nodes, address }: SandboxSettings): readonly NodePlace[] {
  const parts = address.split('.').map(Number);
  const first = parts.reduce((number, part) => number * 256 + part, 0);
  return Array.from({ length: nodes }, (_, index) => {
    const number = first + index;
    const name = `glance-${index + 1}`;
    const place = [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
    return { name, computer: name.toUpperCase(), address: place };
  });
}

export async function readSettings(directory: string): Promise<SandboxSettings> {
  const settings = await readJson<SandboxSettings>(join(directory, 'sandbox.json'));
  if (!settings) throw new BuildError(`there is no sandbox in ${directory}`, 'Make one: oriel sandbox up');
  return settings;
}

/** A JSON file, or undefined where there is none. */
export async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw new BuildError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** Whole or not at all. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`);
  await rename(`${file}.new`, file);
}
