import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { readUpgradeCode } from '../../../src/components/glance/declare/removal.ts';
import { windowsPaths } from '../../../src/components/glance/facts/paths.ts';
import type { Backing, NodeProgram, StandIn } from '../../../src/sandbox/node/backing.ts';
import { nodeFolder } from '../../../src/sandbox/node/node-folder.ts';
import { simulatedBacking } from '../../../src/sandbox/simulated/backing.ts';
import type { FakeDatabase } from '../../fixtures/fake-database.ts';
import { serviceProcesses } from '../../fixtures/service-processes.ts';
import { aStandIn } from '../../sandbox/stand-ins.ts';

/** A stand-in node for a charm that runs as a program; its services do nothing but answer. */
export interface ServedNode {
  readonly standIn: StandIn;
  /** The folder that stands for its drive C:. */
  readonly drive: string;
  /** Every effect, in order: `install glance.msi`, `start oriel-glance-api`, `populate`. */
  readonly effects: readonly string[];
  /** The text of a file; undefined where there is none. */
  readonly text: (path: string) => Promise<string | undefined>;
  readonly close: () => Promise<void>;
}

export interface NodePlace {
  readonly folder: string;
  readonly name: string;
  /** Of loopback. */
  readonly address: string;
  readonly databaseAt: (host: string) => FakeDatabase;
  /** Called whenever the agent does something on the node. */
  readonly touched: () => void;
}

interface Happening {
  readonly node: Backing;
  readonly effects: string[];
  readonly text: ServedNode['text'];
  /** Services that run, with the workers that they were started with. */
  readonly running: Map<string, number>;
  readonly databaseAt: NodePlace['databaseAt'];
}

const healthPort = 9292;

/** A simulated node whose schema program talks to the database that its configuration names. */
export async function aServedNode(place: NodePlace): Promise<ServedNode> {
  const { folder, name, address, databaseAt, touched } = place;
  const inner = await nodeFolder(folder, name, 'simulated', []);
  const node = await simulatedBacking(inner, { address, glance: { missing: 'its services only answer' } });
  const text = (path: string) => readFile(node.hostPath(path), 'utf8').catch(() => undefined);
  const happening: Happening = { node, effects: [], text, running: new Map(), databaseAt };
  const closeHealth = await answerWhile(() => happening.running.size > 0, address);
  const backing = new Proxy<Backing>(
    { ...node, ...servicesOf(happening), ...programsOf(happening) },
    {
      get(target, key) {
        touched();
        return target[key as keyof Backing];
      },
    },
  );
  return {
    standIn: { ...aStandIn(backing, address), name, computer: name.toUpperCase() },
    ...{ drive: node.hostPath('C:\\'), effects: happening.effects, text },
    async close() {
      await closeHealth();
      await node.close();
    },
  };
}

function servicesOf({ node, effects, text, running }: Happening) {
  return {
    async service(name) {
      const state = await node.service(name);
      return state.exists && running.has(name) ? { ...state, status: 'Running', pid: 1 } : state;
    },
    async processes(name) {
      const workers = running.get(name);
      return serviceProcesses(workers === undefined ? 'Stopped' : 'Running', workers).processes;
    },
    async setService(name, status) {
      if (running.has(name) === (status === 'Running')) return;
      effects.push(`${status === 'Running' ? 'start' : 'stop'} ${name}`);
      if (status === 'Stopped') running.delete(name);
      else running.set(name, Number(/^workers = (\d+)/m.exec((await text(glanceApi)) ?? '')?.[1] ?? 2));
    },
  } satisfies Partial<Backing>;
}

const glanceApi = `${windowsPaths.config}\\glance-api.conf`;

function programsOf({ node, effects, text, databaseAt }: Happening) {
  const schema = async ({ arguments: words }: NodeProgram) => {
    const conf = (await text(`${windowsPaths.config}\\glance-manage.conf`)) ?? '';
    const database = databaseAt(/^connection = .*@([^/:]+)/m.exec(conf)?.[1] ?? '');
    const version = await versionOf(node);
    const action = words.at(-1) ?? '';
    const answer = { stdout: database.look(version), stderr: '', timedOut: false };
    if (action === 'check') return { exitCode: 0, ...answer };
    effects.push(action);
    return { exitCode: database.change(version, action), ...answer };
  };
  const isSchema = ({ arguments: words }: NodeProgram) => words.includes('glance-schema');
  return {
    run: (program, options) => (isSchema(program) ? schema(program) : node.run(program, options)),
    async start(program) {
      if (isSchema(program)) return { pid: 1, ended: schema(program).then(({ exitCode }) => exitCode) };
      const [verb = ''] = program.arguments;
      effects.push(verb === '/i' ? 'install' : verb === '/x' ? 'uninstall' : program.file);
      return node.start(program);
    },
  } satisfies Partial<Backing>;
}

/** Of the package that is installed, as its own properties say it. */
async function versionOf(node: Backing): Promise<string> {
  return (await node.products((await readUpgradeCode()).toUpperCase()))[0]?.version ?? '';
}

/** Answers at the port of the API while that holds; else it takes nothing, as when nobody listens. */
async function answerWhile(up: () => boolean, address: string): Promise<() => Promise<void>> {
  const server = createServer((_, response) => void response.end('OK'));
  server.on('connection', (socket) => {
    if (!up()) socket.destroy();
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed).listen(healthPort, address, done);
  });
  return () => new Promise((done) => void server.close(() => done()));
}
