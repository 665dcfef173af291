import type { Charm } from '../../charm/model/charm.ts';
import type { HookEvent } from '../tools/hook-event.ts';
import type { Bag, ConfigValue } from '../tools/hook-tools.ts';

/** A relation as this unit sees it. */
export interface RelationData {
  readonly id: string;
  readonly endpoint: string;
  readonly remote: string;
  /** Bag of the other application; empty where it cannot be read. */
  readonly application: Bag;
  /** Bags of the units that have joined, by name, in order. */
  readonly units: ReadonlyMap<string, Bag>;
  /** What this unit has written. */
  readonly own: Bag;
}

/** The units of this application; absent before `cluster-relation-created`, when nothing is known of them. */
export interface Peers {
  readonly id: string;
  /** All units that this one knows, itself included, by number. */
  readonly units: readonly string[];
  /** Bags of all of them. */
  readonly bags: ReadonlyMap<string, Bag>;
  /** What the leader has written. */
  readonly application: Bag;
}

/** What was found for an option that names a secret. */
export type SecretReading =
  | { readonly id: string; readonly values: Bag }
  | { readonly id: string; readonly refused: string };

/** All that a hook goes by. Nothing after `gatherFacts` asks Juju. */
export interface Facts {
  readonly event: HookEvent;
  readonly charm: Charm;
  readonly config: Readonly<Record<string, ConfigValue>>;
  readonly leader: boolean;
  /** By endpoint; what is broken in this hook is not among them. */
  readonly relations: ReadonlyMap<string, readonly RelationData[]>;
  readonly peers?: Peers;
  readonly state: Bag;
  /** By option. */
  readonly secrets: ReadonlyMap<string, SecretReading>;
}

/** An option as text; an empty one is not set. */
export function textOption({ config }: Pick<Facts, 'config'>, name: string): string | undefined {
  const value = config[name];
  return value === undefined || value === '' ? undefined : String(value);
}

/** A list that is written with commas or blanks. */
export function listOption(facts: Pick<Facts, 'config'>, name: string): readonly string[] {
  return (textOption(facts, name) ?? '').split(/[\s,]+/).filter(Boolean);
}

/** The first relation of an endpoint: more than one is not looked at. */
export function relationOf(
  { relations }: Pick<Facts, 'relations'>,
  endpoint: string,
): RelationData | undefined {
  return relations.get(endpoint)?.[0];
}

/** The number of a unit, by which units are put in order. */
export function unitNumber(unit: string): number {
  return Number(unit.split('/')[1] ?? 0);
}

/** What the other side of a relation says under a key: the application, else the first of its units that does. */
export function saidBy({ units, application }: RelationData, key: string): string | undefined {
  return [application, ...units.values()].find((bag) => bag[key])?.[key];
}
