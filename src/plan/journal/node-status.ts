import { createHash } from 'node:crypto';
import { byComponent, byNode } from '../../by-node.ts';
import type { Plain } from '../../resources/model/state.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { JournalSummary, LastRun } from './summary.ts';

/** What a node has of one component. */
export interface ComponentStatus {
  /** Version of the installed package. */
  readonly package: Plain;
  /** Status of its service; of several, of the first one. */
  readonly service: Plain;
  /** Status of the health URL. */
  readonly health: Plain;
  /** Processes that serve. */
  readonly workers: Plain;
  /** Where it has several packages or services: version and status of each. */
  readonly packages?: Readonly<Record<string, Plain>>;
  readonly services?: Readonly<Record<string, Plain>>;
}

/** The keys of ComponentStatus are there as well where a node has no more than one component. */
export interface NodeStatus extends Partial<Pick<ComponentStatus, Single>> {
  readonly node: string;
  readonly reached: boolean;
  readonly platform: string;
  /** By name, in the order of their steps. */
  readonly components: Readonly<Record<string, ComponentStatus>>;
  /** Whether every health check of the node is passed, as far as the plan has any. */
  readonly healthy: boolean;
  /** First digits of a digest over the files of its configuration; nodes with the same files have the same. */
  readonly configuration: string | null;
  /** The last run that looked at it. */
  readonly lastRun: LastRun | null;
  /** Ids of what is not in sync, or cannot be observed. */
  readonly drift: readonly string[];
  /** Of the drift, what was changed on the node since a run had set it, and by whom and when where Windows knows. */
  readonly byHand: readonly { readonly step: string; readonly who?: string; readonly when?: string }[];
  readonly error?: string;
}

type Single = 'package' | 'service' | 'health' | 'workers';
type Common = 'node' | 'reached' | 'lastRun' | 'drift' | 'byHand' | 'error';

/** The identity service, where the site keeps its catalogue. */
export interface IdentityStatus extends Pick<NodeStatus, Common> {
  /** Where the catalogue sends clients. */
  readonly endpoint: Plain;
}

/** What a plan that looked at everything, and the journal, say of each of the nodes with these names. */
export function statusOf(
  { nodes, steps }: Plan,
  { nodes: past }: Pick<JournalSummary, 'nodes'>,
  names: ReadonlySet<string>,
): readonly NodeStatus[] {
  const byName = byNode(steps);
  const machines = nodes.filter(({ name }) => names.has(name));
  return machines.map(({ name, platform, error }) => {
    const own = byName.get(name) ?? [];
    const components = componentsOf(own);
    const [only = nothing, ...others] = Object.values(components);
    const { packages: _, services: __, ...single } = only;
    return {
      ...commonOf(name, error, own, past),
      platform,
      ...(others.length === 0 && single),
      components,
      healthy: own.every(({ kind, action }) => kind !== 'http-health' || action === 'none'),
      configuration: configurationOf(own),
    };
  });
}

/** Where nothing says anything. */
export const nothing: ComponentStatus = { package: null, service: null, health: null, workers: null };
/** Kinds that say something of a component as a whole, with the property that does. */
const statusProperties = {
  package: 'version',
  service: 'status',
  'http-health': 'status',
  'service-workers': 'workers',
};

/** Of every component that has a package or something that runs. */
function componentsOf(own: readonly Step[]): Readonly<Record<string, ComponentStatus>> {
  const known = own.filter(({ kind }) => Object.hasOwn(statusProperties, kind));
  return Object.fromEntries(
    [...byComponent(known)].map(([component, steps]) => [component, componentOf(steps)]),
  );
}

function componentOf(steps: readonly Step[]): ComponentStatus {
  const all = (kind: keyof typeof statusProperties): readonly (readonly [string, Plain])[] =>
    steps
      .filter((step) => step.kind === kind)
      .map(({ name, observed }) => [name, observed?.[statusProperties[kind]] ?? null]);
  const first = (kind: keyof typeof statusProperties): Plain => all(kind)[0]?.[1] ?? null;
  const [packages, services] = [all('package'), all('service')];
  return {
    package: first('package'),
    service: first('service'),
    health: first('http-health'),
    workers: first('service-workers'),
    ...(packages.length > 1 && { packages: Object.fromEntries(packages) }),
    ...(services.length > 1 && { services: Object.fromEntries(services) }),
  };
}

/** The same of the identity service, which is in a plan and no node of the site: it has neither package nor service of ours. */
export function identityOf(
  { nodes, steps }: Plan,
  { nodes: past }: Pick<JournalSummary, 'nodes'>,
  names: ReadonlySet<string>,
): IdentityStatus | undefined {
  const found = nodes.find(({ name }) => !names.has(name));
  if (!found) return undefined;
  const own = steps.filter(({ node }) => node === found.name);
  const listed = own.filter(({ name }) => name === 'public');
  return {
    ...commonOf(found.name, found.error, own, past),
    endpoint: seen(listed, 'keystone-endpoint', 'url'),
  };
}

function changerOf({ trace, modified }: NonNullable<Step['since']>): { who?: string; when?: string } {
  const when = trace?.time ?? modified;
  return { ...(trace?.who !== undefined && { who: trace.who }), ...(when !== undefined && { when }) };
}

function commonOf(
  name: string,
  error: string | undefined,
  own: readonly Step[],
  past: JournalSummary['nodes'],
): Pick<NodeStatus, Common> {
  return {
    node: name,
    reached: error === undefined,
    lastRun: past.get(name) ?? null,
    drift: own.filter(({ action }) => action !== 'none').map(({ id }) => id),
    byHand: own.flatMap(({ id, since }) => (since ? [{ step: id, ...changerOf(since) }] : [])),
    ...(error !== undefined && { error }),
  };
}

/** The digests that the node answers have the deployment's salt; so has this one. */
function configurationOf(steps: readonly Step[]): string | null {
  const files = steps.flatMap(({ kind, name, observed }) =>
    kind === 'file' && typeof observed?.content === 'string' ? [`${name} ${observed.content}`] : [],
  );
  if (files.length === 0) return null;
  return createHash('sha256').update(files.sort().join('\n')).digest('hex').slice(0, 12);
}

function seen(steps: readonly Step[], kind: string, property: string): Plain {
  return steps.find((step) => step.kind === kind)?.observed?.[property] ?? null;
}
