import type { OtherCharm } from './charms.ts';
import {
  addressOf,
  applicationNamed,
  applicationOf,
  type Bag,
  isPeer,
  type Model,
  type ModelRelation,
  otherSide,
  relationNamed,
  unitNamed,
} from './model.ts';
import { flush, openContext } from './tools/run-tool.ts';
import type { HookContext, Moment } from './tools/tool.ts';

/** Runs the charm of a unit in a context; gives its exit code. */
export type RunHook = (
  context: HookContext,
  environment: Readonly<Record<string, string>>,
) => Promise<number>;

export interface Simulation {
  readonly model: Model;
  /** Every hook so far: `glance/0 shared-db-relation-changed`. */
  readonly trace: readonly string[];
  /** Delivers one event that may come now, chosen by chance. False: nothing is left to be told. */
  readonly step: () => Promise<boolean>;
  /** Delivers until nothing is left. */
  readonly settle: () => Promise<void>;
  /** Delivers one event right now, as update-status comes at any time. */
  readonly deliver: (unit: string, moment: Moment) => Promise<number>;
  /** A unit goes: its relations depart, then it stops. */
  readonly removeUnit: (unit: string) => Promise<void>;
}

export interface SimulationOptions {
  /** The application whose charm is run. */
  readonly application: string;
  readonly run: RunHook;
  readonly others: { readonly [application: string]: OtherCharm };
  readonly random: () => number;
}

/** How far a unit has been told. */
interface Told {
  readonly life: string[];
  leader?: boolean;
  config?: string;
  /** What was there of each bag when its changed hook ran, by `relation unit`. */
  readonly seen: Map<string, string>;
}

/** A bound for a charm whose answers never end. */
const maxSteps = 1_000;

/** Delivers events to the units of one charm in orders that Juju allows, and lets other charms answer in between. */
export function simulate(model: Model, options: SimulationOptions): Simulation {
  const { application, run, others, random } = options;
  const told = new Map<string, Told>();
  const trace: string[] = [];
  const units = (): readonly string[] => applicationNamed(model, application).units;
  const toldTo = (unit: string): Told => {
    const found = told.get(unit) ?? { life: [], seen: new Map<string, string>() };
    told.set(unit, found);
    return found;
  };
  const deliver = async (unit: string, moment: Moment): Promise<number> => {
    trace.push(`${unit} ${hookName(model, unit, moment)}`);
    before(model, unit, moment, toldTo(unit));
    const context = openContext(model, unit, moment);
    const code = await run(context, environmentOf(model, unit, moment));
    if (code === 0 && !moment.action?.failed) flush(context);
    if (code === 0) after(model, unit, moment);
    return code;
  };
  const ended = (unit: string, code: number): void => {
    const said = unitNamed(model, unit).log.slice(-2).join('\n');
    if (code !== 0) throw new Error(`${trace.at(-1)} ended with exit code ${code}:\n${said}`);
  };
  const answers = (): readonly (() => Promise<void>)[] =>
    Object.entries(others).flatMap(([own, charm]) =>
      Object.values(model.relations)
        .filter((relation) => own in relation.endpoints && !relation.removed)
        .filter((relation) => wouldChange(model, relation, own, charm))
        .map((relation) => async () => charm(model, relation, own)),
    );
  const step = async (): Promise<boolean> => {
    const hooks = units().flatMap((unit) =>
      nextMoments(model, unit, toldTo(unit)).map((moment) => async () => {
        ended(unit, await deliver(unit, moment));
      }),
    );
    const possible = [...hooks, ...answers()];
    await possible[Math.floor(random() * possible.length)]?.();
    return possible.length > 0;
  };
  const settle = async (): Promise<void> => {
    for (let steps = 0; await step(); steps += 1)
      if (steps > maxSteps) throw new Error(`no end of events: ${trace.slice(-20).join(', ')}`);
  };
  const removeUnit = async (unit: string): Promise<void> => {
    const own = applicationNamed(model, application);
    own.units = own.units.filter((one) => one !== unit);
    for (const relation of Object.values(model.relations)) delete relation.bags[unit];
    for (const kind of ['stop', 'remove']) ended(unit, await deliver(unit, { kind }));
    // Leadership lapses, and somebody else has it.
    if (own.leader === unit) own.leader = own.units[0] ?? '';
  };
  return { model, trace, step, settle, deliver, removeUnit };
}

/** What may come next for a unit, in the order of Juju: storage, install, relations and leadership, configuration, start, all others. */
function nextMoments(model: Model, unit: string, told: Told): readonly Moment[] {
  const { life } = told;
  const own = unitNamed(model, unit);
  const storage = Object.keys(own.storage).filter((id) => !life.includes(`storage ${id}`));
  if (storage.length > 0) return storage.map((id) => ({ kind: 'storage-attached', storage: id }) as Moment);
  if (!life.includes('install')) return [{ kind: 'install' }];
  const application = applicationNamed(model, applicationOf(unit));
  const relations = Object.values(model.relations).filter(({ endpoints }) => application.name in endpoints);
  const created = relations.filter(({ id, removed }) => !own.created.includes(id) && !removed);
  const leads = application.leader === unit;
  const first: Moment[] = created.map(({ id }) => ({ kind: 'created', relation: id }));
  if (told.leader !== leads) first.push({ kind: leads ? 'leader-elected' : 'leader-settings-changed' });
  if (first.length > 0 && !life.includes('start')) return first;
  const config = JSON.stringify({ ...application.defaults, ...application.config });
  if (told.config !== config && !life.includes('start')) return [{ kind: 'config-changed' }];
  if (!life.includes('start')) return [{ kind: 'start' }];
  const changed: readonly Moment[] = told.config === config ? [] : [{ kind: 'config-changed' }];
  return [
    ...first,
    ...changed,
    ...relations.flatMap((relation) => relationMoments(model, unit, relation, told)),
  ];
}

function relationMoments(model: Model, unit: string, relation: ModelRelation, told: Told): readonly Moment[] {
  const own = unitNamed(model, unit);
  if (!own.created.includes(relation.id)) return [];
  const other = otherSide(relation, applicationOf(unit));
  const there = relation.removed
    ? []
    : (model.applications[other]?.units ?? []).filter((one) => one !== unit && relation.bags[one]);
  const members = own.members[relation.id] ?? [];
  const gone = members.filter((one) => !there.includes(one));
  const of = (kind: string) => (remoteUnit: string) => ({ kind, relation: relation.id, remoteUnit });
  if (gone.length > 0) return gone.map(of('departed'));
  if (relation.removed && !isPeer(relation)) return [{ kind: 'broken', relation: relation.id }];
  // A unit that has joined has changed as well, right after it.
  const unseen = members.filter((one) => !told.seen.has(`${relation.id} ${one}`));
  if (unseen.length > 0) return unseen.map(of('changed'));
  const joining = there.filter((one) => !members.includes(one)).map(of('joined'));
  const changed = members
    .filter((one) => told.seen.get(`${relation.id} ${one}`) !== bagsOf(relation, one))
    .map(of('changed'));
  return [...joining, ...changed];
}

function bagsOf({ bags }: ModelRelation, unit: string): string {
  return JSON.stringify([bags[unit], bags[applicationOf(unit)]]);
}

/** What is so once a hook begins. */
function before(model: Model, unit: string, moment: Moment, told: Told): void {
  const { kind, relation: id = '', remoteUnit = '' } = moment;
  const own = unitNamed(model, unit);
  const members = own.members[id] ?? [];
  own.members[id] = members;
  if (kind === 'created') {
    own.created.push(id);
    const relation = relationNamed(model, id);
    relation.bags[unit] ??= { ...standardAddresses(model, unit) };
  }
  if (kind === 'joined') members.push(remoteUnit);
  if (kind === 'changed') told.seen.set(`${id} ${remoteUnit}`, bagsOf(relationNamed(model, id), remoteUnit));
  if (kind === 'departed') {
    own.members[id] = members.filter((one) => one !== remoteUnit);
    told.seen.delete(`${id} ${remoteUnit}`);
  }
  const application = applicationNamed(model, applicationOf(unit));
  if (kind === 'leader-elected' || kind === 'leader-settings-changed')
    told.leader = application.leader === unit;
  if (kind === 'config-changed')
    told.config = JSON.stringify({ ...application.defaults, ...application.config });
  const storage = (moment as { storage?: string }).storage;
  told.life.push(storage === undefined ? kind : `storage ${storage}`);
}

/** What is so once it has ended well. */
function after(model: Model, unit: string, { kind, relation: id = '' }: Moment): void {
  const own = unitNamed(model, unit);
  if (kind === 'broken') {
    own.created = own.created.filter((one) => one !== id);
    if (own.members[id]?.length === 0) delete own.members[id];
  }
  // The controller puts back what it thinks is the address of the unit.
  if (kind === 'config-changed')
    for (const relation of own.created) {
      const bag = relationNamed(model, relation).bags[unit];
      if (bag) Object.assign(bag, standardAddresses(model, unit));
    }
}

function standardAddresses(model: Model, unit: string): Bag {
  const address = addressOf(model, unit);
  return { 'ingress-address': address, 'private-address': address, 'egress-subnets': `${address}/32` };
}

function wouldChange(model: Model, relation: ModelRelation, own: string, charm: OtherCharm): boolean {
  const copy = structuredClone(relation);
  charm(model, copy, own);
  return JSON.stringify(copy.bags) !== JSON.stringify(relation.bags);
}

export function hookName(model: Model, unit: string, { kind, relation, action }: Moment): string {
  if (action) return action.name;
  if (relation === undefined) return kind;
  return `${relationNamed(model, relation).endpoints[applicationOf(unit)]}-relation-${kind}`;
}

/** The environment of a hook, as Juju 3.6 makes it: nothing else is there but its own tools on PATH. */
export function environmentOf(model: Model, unit: string, moment: Moment): Readonly<Record<string, string>> {
  const name = moment.kind === 'storage-attached' ? 'images-storage-attached' : hookName(model, unit, moment);
  const { action, relation, remoteUnit } = moment;
  return {
    JUJU_UNIT_NAME: unit,
    JUJU_MODEL_UUID: model.uuid,
    JUJU_VERSION: model.juju,
    JUJU_DISPATCH_PATH: `${action ? 'actions' : 'hooks'}/${name}`,
    JUJU_HOOK_NAME: action ? '' : name,
    ...(action && { JUJU_ACTION_NAME: action.name }),
    ...(relation !== undefined && {
      JUJU_RELATION: relation.split(':')[0] ?? '',
      JUJU_RELATION_ID: relation,
      JUJU_REMOTE_UNIT: remoteUnit ?? '',
      ...(moment.kind === 'departed' && { JUJU_DEPARTING_UNIT: remoteUnit ?? '' }),
    }),
  };
}
