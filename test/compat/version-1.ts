import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Backing, StandIn } from '../../src/sandbox/node/backing.ts';
import { nodeFolder } from '../../src/sandbox/node/node-folder.ts';
import { serveNode } from '../../src/sandbox/server/ssh-server.ts';
import { simulatedBacking } from '../../src/sandbox/simulated/backing.ts';
import { serviceProcesses } from '../fixtures/service-processes.ts';
import { aStandIn, temporaryFolder } from '../sandbox/stand-ins.ts';
import { clientKey, hostKey } from '../session/servers.ts';

/** What the program left behind that wrote plans of version 1: see README.md there. */
export const left = join(import.meta.dirname, '../fixtures/version-1');
export const journal = join(left, 'state/journal.jsonl');
/** Its nodes, and where they are: their configuration says it. */
const addresses = { 'glance-1': '127.191.47.2', 'glance-2': '127.191.47.3' } as const;
const healthPort = 9292;

export interface Restored {
  /** The site file, in a folder of its own with all that the controller kept. */
  readonly site: string;
  /** The file on this machine that stands for one of a node. */
  readonly hostPath: (node: keyof typeof addresses, path: string) => string;
  readonly memory: (node: keyof typeof addresses) => Backing['memory'];
  readonly journal: string;
  /** How many workers each service has from now on. */
  readonly setWorkers: (count: number) => void;
  readonly close: () => Promise<void>;
}

/** The controller's folder and both nodes as they were left, the nodes behind SSH; their services do nothing but answer. */
export async function restore(): Promise<Restored> {
  const { folder, remove } = await temporaryFolder();
  const closers: (() => Promise<void>)[] = [remove];
  const nodes = new Map<string, StandIn>();
  const running = { workers: 2 };
  const ports = new Map<string, number>();
  for (const [name, address] of Object.entries(addresses)) {
    const node = await aNodeAsLeft(folder, { name, address, running });
    const keys = { hostKey: hostKey.private, clientKey: clientKey.public };
    const server = await serveNode(node, { port: 0, ...keys });
    closers.push(server.close, () => node.backing.close(), await answerHealth(address));
    nodes.set(name, node);
    ports.set(address, server.port);
  }
  const backing = (node: string): Backing => {
    const found = nodes.get(node)?.backing;
    if (!found) throw new TypeError(`no node ${node}`);
    return found;
  };
  return {
    site: await layOutController(folder, ports),
    hostPath: (node, path) => backing(node).hostPath(path),
    memory: (node) => backing(node).memory,
    journal: join(folder, '.oriel/version-1/journal.jsonl'),
    setWorkers: (count) => {
      running.workers = count;
    },
    close: async () => {
      for (const close of closers.toReversed()) await close();
    },
  };
}

/** Site file, secrets, packages, salt and journal, and the keys that reach the nodes. */
async function layOutController(folder: string, ports: ReadonlyMap<string, number>): Promise<string> {
  for (const name of ['secrets.yaml', 'example-ca.pem']) await cp(join(left, name), join(folder, name));
  await chmod(join(folder, 'secrets.yaml'), 0o600);
  await cp(join(left, 'state'), join(folder, '.oriel/version-1'), { recursive: true });
  await cp(join(left, 'built'), join(folder, 'dist'), { recursive: true });
  await writeFile(join(folder, 'id_ed25519'), clientKey.private, { mode: 0o600 });
  const hosts = [...ports].map(([address, port]) => `[${address}]:${port} ${hostKey.public}\n`);
  await writeFile(join(folder, 'known_hosts'), hosts.join(''));
  const text = await readFile(join(left, 'site.yaml'), 'utf8');
  const site = join(folder, 'site.yaml');
  const placed = [...ports].reduce(
    (now, [address, port]) => now.replace(`address: ${address}`, `address: ${address}, port: ${port}`),
    text,
  );
  await writeFile(site, placed);
  return site;
}

interface Place {
  readonly name: string;
  readonly address: string;
  readonly running: { readonly workers: number };
}

async function aNodeAsLeft(folder: string, { name, address, running }: Place): Promise<StandIn> {
  const shares = [{ path: '\\\\SOFS1\\images', folder: join(folder, 'share') }];
  const place = await nodeFolder(join(folder, 'sandbox'), name, 'simulated', shares);
  const glance = { missing: 'its services only answer' };
  const backing = await simulatedBacking(place, { address, glance });
  const kept = join(left, 'nodes', name);
  await cp(join(kept, 'oriel'), backing.hostPath('C:\\ProgramData\\oriel'), { recursive: true });
  for (const file of ['state.json', 'memory.json']) await cp(join(kept, file), join(place.root, file));
  const access = JSON.parse(await readFile(join(kept, 'access.json'), 'utf8'));
  for (const [path, accounts] of Object.entries(access)) {
    await mkdir(backing.hostPath(path), { recursive: true });
    backing.setAccess(path, accounts as never);
  }
  return { ...aStandIn(withServices(backing, running), address), name, computer: name.toUpperCase() };
}

/** Services that are registered run with their workers, and the database is as the release wants it. */
function withServices(backing: Backing, running: Place['running']): Backing {
  const stopped = new Set<string>();
  return {
    ...backing,
    async service(name) {
      const state = await backing.service(name);
      return state.exists && !stopped.has(name) ? { ...state, status: 'Running', pid: 1 } : state;
    },
    processes: async (name) =>
      serviceProcesses(stopped.has(name) ? 'Stopped' : 'Running', running.workers).processes,
    async setService(name, status) {
      if (status === 'Stopped') stopped.add(name);
      else stopped.delete(name);
    },
    async run(program, options) {
      if (!program.arguments.includes('glance-schema')) return backing.run(program, options);
      const stdout = JSON.stringify({
        heads: ['2024_2_expand01'],
        unknown: [],
        pending: null,
        runner: null,
        definitions: 'loaded',
      });
      return { exitCode: 0, stdout, stderr: '', timedOut: false };
    },
  };
}

/** Another run of these tests on this machine may have the address: it will be done. */
async function answerHealth(address: string): Promise<() => Promise<void>> {
  for (;;) {
    const server = createServer((_, response) => void response.end('OK'));
    const up = await new Promise<Server | undefined>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
      );
      server.listen(healthPort, address, () => resolve(server));
    });
    if (up) return () => new Promise<void>((done) => void up.close(() => done()));
    await new Promise((next) => setTimeout(next, 200));
  }
}
