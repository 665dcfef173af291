import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceName, windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { issueToken } from '../../src/openstack/tokens.ts';
import { run } from '../../src/process.ts';
import { processIdentityOf } from '../../src/sandbox/node/processes.ts';
import { type StartedServices, startServices, stopServices } from '../../src/sandbox/services/start.ts';
import {
  processesOf,
  runInWine,
  serviceState,
  startService,
  stopService,
  toHostPath,
  type WineRunResult,
  type WineServiceState,
} from '../../src/sandbox/wine/prefix.ts';
import type { Release } from '../../src/site/deployment.ts';
import { type Ended, runOriel } from '../e2e/oriel.ts';
import type { Place } from './client.ts';
import { secretsText, siteText } from './site.ts';

/** A Wine node with Glance as a service that `oriel apply` made, and the real MariaDB and Keystone that it talks to. */
export interface GlanceNode extends Place {
  readonly release: Release;
  readonly folder: string;
  /** The site file. */
  readonly site: string;
  readonly prefix: string;
  /** The folder behind `\\SOFS1\images`. */
  readonly share: string;
  /** Held by the test's own process: `programs` may be stopped. */
  readonly services: StartedServices;
  readonly oriel: (...args: readonly string[]) => Promise<Ended>;
  /** The file on this machine behind a Windows path. */
  readonly path: (windows: string) => string;
  /** All that the service logged, oldest file first. */
  readonly log: () => string;
  readonly start: () => Promise<WineServiceState>;
  readonly stop: (seconds?: number) => Promise<WineServiceState>;
  readonly state: () => Promise<WineServiceState>;
  /** Ends Windows and starts it again, and with it the services that start by themselves. */
  readonly reboot: () => Promise<void>;
  /** Runs a program of Glance to its end, with the configuration of the service. */
  readonly run: (
    program: string,
    args?: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<WineRunResult>;
  /** Host process ids of Python: the parent first, then its workers. */
  readonly pythons: () => readonly number[];
  readonly close: () => Promise<void>;
}

export const logFile = `${windowsPaths.logs}\\${serviceName}.log`;

/** An address of this process alone, so that suites run side by side; far from those of the demo and of test/e2e. */
function ownAddress(): string {
  return `127.130.${(process.pid >> 8) % 256}.${2 + (process.pid % 250)}`;
}

/** Brings up sandbox and services, builds the package of the release, and applies: installed by msiexec, started, healthy. */
export async function glanceNode(release: Release): Promise<GlanceNode> {
  const folder = mkdtempSync(join(tmpdir(), `oriel-runtime-${release}-`));
  const address = ownAddress();
  const oriel = (...args: readonly string[]) => runOriel(args, folder);
  const sandbox = join(folder, 'sandbox');
  const site = join(folder, 'site.yaml');
  const up = () => oriel('sandbox', 'up', '--nodes', '1', '--directory', sandbox, '--address', address);
  const down = () => oriel('sandbox', 'down', '--directory', sandbox);
  const reboot = async (): Promise<void> => {
    for (const step of [down, up]) succeeded(await step());
  };
  let services: StartedServices | undefined;
  const close = async (): Promise<void> => {
    await down();
    if (services) await stopServices(services);
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
  };
  try {
    const imageUrl = `http://${address}:9292`;
    const options = { emit: () => {}, imageUrl };
    const starting = up();
    services = await startServices(join(folder, 'services'), ['mariadb', 'keystone'], options);
    for (const { name, reason } of services.leftOut) throw new Error(`${name}: ${reason}`);
    await writeFile(join(folder, 'secrets.yaml'), secretsText(services), { mode: 0o600 });
    await writeFile(site, siteText({ release, address, services }));
    const build = oriel('build', site);
    for (const step of [await starting, await build, await oriel('apply', site, '--yes')]) succeeded(step);
    const prefix = join(sandbox, 'nodes', 'glance-1', 'wine');
    const token = await adminToken(services);
    const own = { release, folder, site, services, oriel, reboot, close };
    const share = join(sandbox, 'shares', 'images');
    return { ...own, share, ...inPrefix(prefix), host: address, port: 9292, token };
  } catch (error) {
    await close();
    throw error;
  }
}

/** For an administrator, who may do everything with images. */
async function adminToken({ keystone }: StartedServices): Promise<string> {
  if (!keystone) throw new Error('there is no Keystone');
  const domains = { userDomain: 'Default', projectDomain: 'Default' };
  const { user: username, password, project } = keystone.admin;
  return (await issueToken({ authUrl: keystone.url, username, password, project, ...domains })).reveal();
}

function succeeded({ code, stdout, stderr }: Ended): void {
  if (code !== 0)
    throw new Error(`oriel ended with ${code}:\n${stdout.slice(-2000)}\n${stderr.slice(-4000)}`);
}

function inPrefix(
  prefix: string,
): Pick<GlanceNode, 'prefix' | 'path' | 'log' | 'start' | 'stop' | 'state' | 'run' | 'pythons'> {
  const { python, launcher, config } = windowsPaths;
  const path = (windows: string) => toHostPath(prefix, windows);
  return {
    prefix,
    path,
    log: () => allLines(path(windowsPaths.logs), `${serviceName}.log`),
    start: () => startService(prefix, serviceName, 200),
    stop: (seconds = 300) => stopService(prefix, serviceName, seconds),
    state: () => serviceState(prefix, serviceName),
    run: (program, args = [], env = {}) => {
      const conf = program === 'glance-manage' ? program : 'glance-api';
      const line = [launcher, program, '--config-file', `${config}\\${conf}.conf`, ...args];
      return runInWine(prefix, python, line, { env: { PYTHONUTF8: '1', ...env }, timeout: 600_000 });
    },
    pythons: () =>
      processesOf(prefix)
        .filter((pid) => commandOf(pid).includes('python.exe'))
        .sort((a, b) => startOf(a) - startOf(b)),
  };
}

/** In clock ticks since boot: numbers of processes begin anew some day. */
function startOf(pid: number): number {
  return Number(processIdentityOf(pid)?.started ?? 0);
}

/**
 * Refuses connections where Wine still listens for a service whose processes are gone (close-listener.py says why); gives whether it
 * listened, also where it may not be stopped. Nobody else has the address before the node is restarted.
 */
export async function closeListener({ host, port }: Place): Promise<boolean> {
  const script = join(import.meta.dirname, 'close-listener.py');
  const { stdout, stderr } = await run('python3', [script, host, String(port)], { accept: [0, 1] });
  if (stdout || stderr) console.log(`${host}:${port}: ${stdout}${stderr}`);
  return stdout + stderr !== '';
}

/** What explains a failure afterwards: what the wrapper said last, and what runs on the node. */
export function lastWords({ log, prefix }: GlanceNode): string {
  const said = log()
    .split('\n')
    .filter((line) => line.includes(' oriel-service: '));
  const running = processesOf(prefix).map((pid) => `${pid} ${commandOf(pid).replaceAll('\0', ' ')}`);
  return [...said.slice(-10), ...running].join('\n');
}

/** One worker has all connections that are opened meanwhile, as the others stand still. */
export async function alone<T>(node: GlanceNode, worker: number, work: () => Promise<T>): Promise<T> {
  const others = node
    .pythons()
    .slice(1)
    .filter((pid) => pid !== worker);
  for (const pid of others) process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    for (const pid of others) process.kill(pid, 'SIGCONT');
  }
}

/** Process ids of the workers that the log names with a request since the last start. */
export function serverPids(log: string): ReadonlySet<string> {
  const last = log.slice(log.lastIndexOf(' oriel-service: starting '));
  return new Set(
    [...last.matchAll(/^\S+ \S+ (\d+) INFO eventlet\.wsgi\.server .*HTTP\/1/gm)].map(([, pid]) => pid ?? ''),
  );
}

/** FILE.2, FILE.1, FILE: as they were written. */
function allLines(folder: string, name: string): string {
  const number = (file: string) => Number(/\.(\d+)$/.exec(file)?.[1] ?? 0);
  if (!existsSync(folder)) return '';
  return readdirSync(folder)
    .filter((file) => file.startsWith(name))
    .sort((a, b) => number(b) - number(a))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('');
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
  } catch {
    return '';
  }
}
