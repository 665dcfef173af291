import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CharmFlavour } from '../../src/charm/model/charm.ts';
import { toCharm } from '../../src/charm/model/to-charm.ts';
import { glance } from '../../src/components/glance/index.ts';
import { SessionError } from '../../src/errors.ts';
import type { Fact } from '../../src/events/events.ts';
import type { HookPlace } from '../../src/juju/converge/place.ts';
import { runHook } from '../../src/juju/hook.ts';
import { hookEventOf } from '../../src/juju/tools/hook-event.ts';
import { hookTools } from '../../src/juju/tools/hook-tools.ts';
import { type Exchange, exchangedBy } from '../../src/openstack/http.ts';
import type { FakeDatabase } from '../fixtures/fake-database.ts';
import type { FakeNode } from '../fixtures/fake-node.ts';
import { randomFrom } from '../fixtures/random.ts';
import { type Control, hang, killed } from './control.ts';
import { credentials, keystone, mysql, type OtherCharm } from './model/charms.ts';
import {
  addApplication,
  addRelation,
  addUnit,
  aModel,
  applicationNamed,
  applicationOf,
  type Model,
  type ModelUnit,
  relationNamed,
  unitNamed,
} from './model/model.ts';
import { type RunHook, type Simulation, simulate } from './model/simulate.ts';
import { runTool } from './model/tools/run-tool.ts';
import { aFolder, aGlancePackage, aNode, version, versions } from './nodes.ts';

export const application = 'glance-windows';
export const nodesPassword = 'nodes-Cc2+/=$%';

/** No service over HTTP answers. */
const noNetwork: Exchange = async ({ url }) => {
  throw new TypeError(`nothing answers at ${url}`);
};
const refusal = { exitCode: 1, stdout: '', stderr: 'ERROR permission denied\n' };

/** Units of our charm in a model with nodes in memory. */
export interface CharmWorld extends Simulation {
  readonly folder: string;
  readonly nodes: ReadonlyMap<string, FakeNode>;
  /** By the address that the configuration of a node has. */
  readonly databases: Map<string, FakeDatabase>;
  readonly facts: readonly Fact[];
  /** What a test changes while events are delivered. */
  readonly control: Control;
  /** Attaches the package of another version. */
  readonly attach: (version: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface WorldOptions {
  readonly flavour?: CharmFlavour;
  readonly units?: number;
  /** Of the package that is attached. */
  readonly version?: string;
  readonly seed?: number;
  readonly config?: Readonly<Record<string, string | number | boolean>>;
  readonly model?: Partial<Model>;
  readonly others?: Readonly<Record<string, OtherCharm>>;
  /** Endpoints that are related from the start. */
  readonly relations?: readonly (readonly [type: string, ours: string, theirs: string])[];
}

/** What a rollout of nodes in memory does not wait for. */
const quick = 'rollout: { settle: 0s }';
export const standardRelations = [
  ['mysql-shared', 'shared-db', 'mysql:shared-db'],
  ['keystone', 'identity-service', 'keystone:identity-service'],
] as const;

/** Units of our charm in a model, with what they are related to. `config`: over what the options say of every world. */
export function aCharmModel(options: WorldOptions, msi: string): Model {
  const { flavour = 'proxy', units = 2, relations = standardRelations } = options;
  const charm = toCharm(glance, flavour);
  const model = aModel({
    ...(flavour === 'native' && { juju: '2.9.46', longestCommand: 32_767 }),
    ...options.model,
  });
  const defaults = Object.fromEntries(
    Object.entries(charm.options).flatMap(([name, { default: value }]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
  const config = { 'filesystem-store-datadir': '\\\\sofs1.example.org\\images', ...options.config };
  addApplication(model, application, { defaults, config, resources: { 'glance-msi': msi } });
  addRelation(model, 'glance-ha', `${application}:cluster`);
  for (const [type, ours, theirs] of relations) relate(model, type, ours, theirs);
  for (let count = 0; count < units; count += 1) addUnit(model, application);
  return model;
}

/** How a proxy charm reaches nodes in memory. */
const ofProxy = {
  'windows-transport': 'winrm',
  'windows-nodes': 'hv-01=10.0.0.11,hv-02=10.0.0.12',
  'windows-user': 'oriel',
  'windows-password': nodesPassword,
};

/** Units of our charm in a model with nodes in memory, before the first event. */
export async function aCharmWorld(options: WorldOptions = {}): Promise<CharmWorld> {
  const { flavour = 'proxy', seed = 1 } = options;
  const folder = aFolder();
  const packages = await Promise.all(versions.map((one) => aGlancePackage(one, folder)));
  const attached = packages.find((one) => one.version === (options.version ?? version));
  const charm = toCharm(glance, flavour);
  const config = { ...(flavour === 'proxy' && ofProxy), 'site-config': quick, ...options.config };
  const model = aCharmModel({ ...options, config }, attached?.path ?? '');
  const databases = new Map<string, FakeDatabase>();
  const nodes = new Map<string, FakeNode>();
  const nodeNamed = (name: string): FakeNode => {
    const found = nodes.get(name) ?? aNode(name, packages, databases);
    nodes.set(name, found);
    return found;
  };
  const facts: Fact[] = [];
  const control: Control = { build: 'build-1', refuses: () => false };
  const run: RunHook = async (context, environment) => {
    const event = hookEventOf(environment);
    if (!event) return 1;
    const own = join(folder, context.unit.replace('/', '-'));
    await mkdir(own, { recursive: true });
    const number = Number(context.unit.split('/')[1]);
    const timers = new Map<number, () => void>();
    const place: HookPlace = {
      ...{ charm, folder: own, build: control.build },
      ...(control.nagios && { nagios: control.nagios }),
      timer(ms, act) {
        timers.set(ms, act);
        return () => timers.delete(ms);
      },
      tools: hookTools(async (name, args, input) =>
        control.refuses(name, args) ? refusal : runTool(context, name, args, input),
      ),
      local: { name: `win-${number}`, address: `10.0.0.${number + 21}` },
      context: {
        emit: (fact) => void facts.push(fact),
        async open({ name }) {
          if (control.crash) throw control.crash;
          if (control.lost) throw new SessionError(name, 'unreachable', 'no answer on port 5986');
          control.opened?.(nodeNamed(name));
          if (control.hangs === 'end') await hang(control, timers);
          return killed(nodeNamed(name).open(), control, () => hang(control, timers));
        },
      },
    };
    // An error of the program itself is a failed hook, and nothing else is.
    return exchangedBy(noNetwork, () => runHook(event, place)).then(
      () => (control.killAfter !== undefined && control.killAfter < 0 ? 137 : 0),
      (error: unknown) => {
        unitNamed(model, context.unit).log.push(`ERROR ${String(error)}`);
        return 1;
      },
    );
  };
  const others = { mysql, keystone, ...options.others };
  const simulation = simulate(model, { application, run, others, random: randomFrom(seed) });
  return {
    ...simulation,
    ...{ folder, nodes, databases, facts, control },
    async attach(of) {
      applicationNamed(model, application).resources['glance-msi'] = (await aGlancePackage(of, folder)).path;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Relates an endpoint of our charm to one of another application, which comes with a unit where it is not there yet. */
export function relate(model: Model, type: string, ours: string, theirs: string): string {
  const [other = ''] = theirs.split(':');
  if (!model.applications[other]) {
    addApplication(model, other);
    addUnit(model, other);
  }
  const id = addRelation(model, type, `${application}:${ours}`, theirs);
  for (const unit of model.applications[other]?.units ?? []) relationNamed(model, id).bags[unit] = {};
  return id;
}

export function ourUnits({ model }: Pick<CharmWorld, 'model'>): readonly ModelUnit[] {
  return (model.applications[application]?.units ?? []).map((name) => unitNamed(model, name));
}

/** `blocked: relation shared-db is missing`, of each unit. */
export function statusLines(world: Pick<CharmWorld, 'model'>): readonly string[] {
  return ourUnits(world).map(({ status }) => `${status.status}: ${status.message}`);
}

/** Where secrets are that nobody has asked for: in a log, a status, what a unit keeps, or in a bag that we write. */
export function secretsIn(
  { model, facts }: Pick<CharmWorld, 'model' | 'facts'>,
  more: readonly string[] = [],
): readonly string[] {
  const secrets = [credentials.database('mysql'), credentials.keystone('keystone'), nodesPassword, ...more];
  const places = [
    ...ourUnits({ model }).flatMap(({ name, log, status, state }) => [
      [`log of ${name}`, log.join('\n')],
      [`status of ${name}`, status.message],
      [`state of ${name}`, JSON.stringify(state)],
    ]),
    ...Object.values(model.relations).flatMap(({ id, bags }) =>
      Object.entries(bags)
        .filter(([owner]) => applicationOf(owner) === application)
        .map(([owner, bag]) => [`bag ${id} of ${owner}`, JSON.stringify(bag)]),
    ),
    ['events', JSON.stringify(facts)],
  ] as const;
  return places.flatMap(([place = '', text = '']) =>
    secrets.some((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)))
      ? [place]
      : [],
  );
}
