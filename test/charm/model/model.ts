/** A bag of a relation: all values are text. */
export type Bag = Record<string, string>;

export interface ModelRelation {
  readonly id: string;
  readonly interface: string;
  /** The endpoint of each application; one of a peer relation. */
  readonly endpoints: { readonly [application: string]: string };
  /** By unit or application. */
  readonly bags: { [owner: string]: Bag };
  /** It was removed: its units depart, and then it breaks. */
  removed?: true;
}

export interface ModelUnit {
  readonly name: string;
  status: { status: string; message: string };
  version?: string;
  /** What `state-set` keeps. */
  state: Bag;
  /** Relations whose `created` hook was delivered and whose `broken` hook was not. */
  created: string[];
  /** Units of the other side that have joined, by relation. */
  readonly members: { [relation: string]: string[] };
  readonly ports: string[];
  /** Lines of `juju-log`, standard output and standard error of hooks. */
  readonly log: string[];
  /** Where storage is, by the name that the charm gives it. */
  readonly storage: { [id: string]: { kind: string; location: string } };
}

export interface ModelApplication {
  readonly name: string;
  config: { [option: string]: string | number | boolean };
  /** What Juju fills in for options that nobody has set. */
  defaults: { readonly [option: string]: string | number | boolean };
  units: string[];
  leader?: string;
  /** Of `leader-set`, which Juju 4 no longer has. */
  leaderSettings: Bag;
  status?: { status: string; message: string };
  /** Paths of the files that `resource-get` gives. */
  resources: { [name: string]: string };
}

/** What a controller knows: plain data, so that a test can look at all of it. */
export interface Model {
  readonly juju: string;
  readonly uuid: string;
  /** Whether `relation-ids` still lists a relation in its own broken hook, as agents before June 2024 do. */
  readonly listsBroken: boolean;
  /** The first three bytes of the addresses of machines. */
  readonly network: string;
  /** Windows ends a command line at 32,767 characters. */
  readonly longestCommand: number;
  readonly applications: { [name: string]: ModelApplication };
  readonly units: { [name: string]: ModelUnit };
  readonly relations: { [id: string]: ModelRelation };
  readonly secrets: { [id: string]: { content: Bag; granted: string[] } };
}

export function applicationOf(owner: string): string {
  return owner.split('/')[0] ?? owner;
}

export function aModel(more: Partial<Model> = {}): Model {
  return {
    ...{ juju: '3.6.4', uuid: '7c9e6679-7425-40de-944b-e07fc1f90ae7', listsBroken: false },
    ...{ longestCommand: 131_072, network: '10.99.0' },
    ...{ applications: {}, units: {}, relations: {}, secrets: {} },
    ...more,
  };
}

export function addApplication(model: Model, name: string, more: Partial<ModelApplication> = {}): void {
  model.applications[name] = {
    ...{ name, config: {}, defaults: {}, units: [], leaderSettings: {}, resources: {} },
    ...more,
  };
}

/** The next unit of an application: numbers are never given twice. */
export function addUnit(model: Model, application: string): ModelUnit {
  const taken = Object.keys(model.units).filter((name) => applicationOf(name) === application);
  const name = `${application}/${taken.length}`;
  const unit: ModelUnit = {
    ...{ name, status: { status: 'waiting', message: 'installing agent' }, state: {}, created: [] },
    ...{ members: {}, ports: [], log: [], storage: {} },
  };
  model.units[name] = unit;
  const own = applicationNamed(model, application);
  own.units.push(name);
  own.leader ??= name;
  return unit;
}

/** A relation between two endpoints `application:endpoint`, or a peer relation of one. Gives its id. */
export function addRelation(model: Model, type: string, ...ends: readonly string[]): string {
  const endpoints = Object.fromEntries(ends.map((end) => end.split(':') as [string, string]));
  const [first = ''] = Object.values(endpoints);
  const id = `${first}:${Object.keys(model.relations).length}`;
  const bags = Object.fromEntries(Object.keys(endpoints).map((name) => [name, {} as Bag]));
  model.relations[id] = { id, interface: type, endpoints, bags };
  return id;
}

export function applicationNamed(model: Model, name: string): ModelApplication {
  const found = model.applications[name];
  if (!found) throw new Error(`the model has no application ${name}`);
  return found;
}

export function unitNamed(model: Model, name: string): ModelUnit {
  const found = model.units[name];
  if (!found) throw new Error(`the model has no unit ${name}`);
  return found;
}

export function relationNamed(model: Model, id: string): ModelRelation {
  const found = model.relations[id];
  if (!found) throw new Error(`the model has no relation ${id}`);
  return found;
}

/** The address of the machine of a unit. */
export function addressOf({ network }: Model, unit: string): string {
  return `${network}.${Number(unit.split('/')[1]) + 10}`;
}

export function isPeer({ endpoints }: ModelRelation): boolean {
  return Object.keys(endpoints).length === 1;
}

/** The application at the other end; of a peer relation the same one. */
export function otherSide({ endpoints }: ModelRelation, application: string): string {
  return Object.keys(endpoints).find((name) => name !== application) ?? application;
}
