import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CharmFlavour } from '../../../src/charm/model/charm.ts';
import { windowsPaths } from '../../../src/components/glance/facts/paths.ts';
import { serveNode } from '../../../src/sandbox/server/ssh-server.ts';
import { runOriel } from '../../e2e/oriel.ts';
import { FakeDatabase } from '../../fixtures/fake-database.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { randomFrom } from '../../fixtures/random.ts';
import { clientKey, hostKey } from '../../session/servers.ts';
import { keystone, mysql } from '../model/charms.ts';
import { applicationNamed } from '../model/model.ts';
import { type Simulation, simulate } from '../model/simulate.ts';
import { aFolder, aGlancePackage, version } from '../nodes.ts';
import { aCharmModel, application, type WorldOptions } from '../world.ts';
import { type Agent, type CharmProgram, openAgent } from './agent.ts';
import { openMachine, writeStandInShell } from './machine.ts';
import { aServedNode, type ServedNode } from './node.ts';

/** Units of our charm whose hooks are the programs of the charm as it is built, and their nodes. */
export interface DispatchedWorld extends Simulation {
  readonly folder: string;
  readonly agent: Agent;
  readonly nodes: readonly ServedNode[];
  readonly databases: ReadonlyMap<string, FakeDatabase>;
  readonly control: DispatchControl;
  readonly close: () => Promise<void>;
}

export interface DispatchControl {
  /** Called whenever an agent of oriel does something on a node. */
  touched: () => void;
  /** How many hooks were killed. */
  killed: number;
  /** Variables over those of a hook. */
  environment: Readonly<Record<string, string>>;
}

export interface DispatchedOptions extends Pick<WorldOptions, 'units' | 'seed'> {
  readonly flavour: CharmFlavour;
  /** The archive that `oriel charm build` has made. */
  readonly charm: string;
}

/** Builds the charm of Glance in a folder; gives the archive. */
export async function buildCharm(flavour: CharmFlavour, folder: string): Promise<string> {
  const { code, stderr } = await runOriel(
    ['charm', 'build', 'glance', '--flavour', flavour, '--out', folder],
    folder,
  );
  if (code !== 0) throw new Error(stderr);
  return join(folder, `${application}_${flavour}.charm`);
}

/** The first three bytes of addresses of loopback; other runs of these tests on this machine have others. */
const network = `127.93.${process.pid % 256}`;

/** Units in a model with a machine each, before the first event. */
export async function aDispatchedWorld(options: DispatchedOptions): Promise<DispatchedWorld> {
  const { units = 1, seed = 1 } = options;
  const folder = aFolder();
  const port = await freePort();
  const msi = (await aGlancePackage(version, folder)).path;
  const model = aCharmModel({ ...options, units, model: { network } }, msi);
  Object.assign(applicationNamed(model, application).config, configOf(options, folder, port));
  model.secrets.windows = {
    content: { username: 'oriel', 'private-key': clientKey.private },
    granted: [application],
  };
  const control: DispatchControl = { touched: () => {}, killed: 0, environment: {} };
  const agent = await openAgent(folder);
  const databases = new Map<string, FakeDatabase>();
  const machines = await Promise.all(
    [...Array(units).keys()].map((number) =>
      aMachine(options, { folder, port, number, databases, touched: () => control.touched() }),
    ),
  );
  const simulation = simulate(model, {
    ...{ application, others: { mysql, keystone }, random: randomFrom(seed) },
    async run(context, environment) {
      const machine = machines[Number(context.unit.split('/')[1])];
      if (!machine) throw new TypeError(`${context.unit} has no machine`);
      // Juju runs a hook again that was killed; what it had to say by then is forgotten.
      for (;;) {
        const { code } = await agent.run(context, machine.start({ ...environment, ...control.environment }));
        if (code !== -1) return code;
        control.killed += 1;
        context.bags.clear();
        context.state.clear();
      }
    },
  });
  return {
    ...simulation,
    ...{ folder, agent, databases, nodes: machines.map(({ node }) => node), control },
    async close() {
      agent.close();
      for (const machine of machines) await machine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the options of the charm say of nodes behind these servers. */
function configOf({ flavour, units = 1 }: DispatchedOptions, folder: string, port: number) {
  const components = { glance: { bind: { host: 'node' } } };
  const quick = (defaults: object) =>
    JSON.stringify({ components, rollout: { settle: '0s' }, nodes: { defaults } });
  if (flavour === 'native') return { 'site-config': quick({ powershell: writeStandInShell(folder) }) };
  const addresses = [...Array(units).keys()].map((number) => `${network}.${number + 10}`);
  return {
    'site-config': quick({ port }),
    'windows-nodes': addresses.map((address, number) => `node-${number}=${address}`).join(),
    'windows-credentials': 'secret:windows',
    'windows-known-hosts': addresses.map((address) => `[${address}]:${port} ${hostKey.public}\n`).join(''),
  };
}

interface MachinePlace {
  readonly folder: string;
  readonly port: number;
  readonly number: number;
  readonly databases: Map<string, FakeDatabase>;
  readonly touched: () => void;
}

/** A unit's own machine, and a node: of a native charm they are the same. */
async function aMachine(
  { flavour, charm: archive }: DispatchedOptions,
  { folder, port, number, databases, touched }: MachinePlace,
) {
  const databaseAt = (host: string): FakeDatabase => {
    const found = databases.get(host) ?? new FakeDatabase();
    databases.set(host, found);
    return found;
  };
  const address = `${network}.${number + 10}`;
  const node = await aServedNode({ folder, name: `node-${number}`, address, databaseAt, touched });
  const keys = { hostKey: hostKey.private, clientKey: clientKey.public };
  const ssh = await serveNode(node.standIn, { port, ...keys });
  const charm = join(folder, `unit-${number}`, 'charm');
  const { command, path, environment, close } = await openMachine(flavour, { charm, archive, node });
  return {
    node,
    start: (ofHook: CharmProgram['environment']): CharmProgram => ({
      ...{ command, charm, path, environment: { ...ofHook, ...environment } },
    }),
    async close() {
      close();
      await ssh.close();
      await node.close();
    },
  };
}

/** What the service is configured with on each node, but for the node itself. */
export async function configurationsIn({ nodes, model }: DispatchedWorld): Promise<readonly string[]> {
  const texts = await Promise.all(nodes.map(({ text }) => text(`${windowsPaths.config}\\glance-api.conf`)));
  return texts.map(
    (text) =>
      text
        ?.replaceAll(/node-\d+/g, 'NODE')
        .replaceAll(new RegExp(`${model.network}\\.\\d+`, 'g'), 'ADDRESS') ?? '',
  );
}
