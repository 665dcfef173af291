import { readFileSync } from 'node:fs';
import { dataFile } from '../../../data-files.ts';

export interface OptionName {
  readonly group: string;
  readonly name: string;
}

/** One option as its release registers it; msi/glance/options/README.md explains every field. */
export interface Option extends OptionName {
  readonly type:
    | 'string'
    | 'integer'
    | 'float'
    | 'boolean'
    | 'list'
    | 'dict'
    | 'multistring'
    | 'port'
    | 'hostaddress';
  readonly default: unknown;
  readonly defaultNote?: string;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
  readonly ignoreCase?: boolean;
  readonly itemType?: 'integer' | 'hostaddress';
  readonly itemMin?: number;
  readonly itemMax?: number;
  readonly itemQuotes?: boolean;
  readonly bounds?: boolean;
  readonly secret?: boolean;
  readonly required?: boolean;
  readonly mutable?: boolean;
  readonly programs: readonly string[];
  readonly plugin?: string;
  readonly stores?: readonly string[];
  readonly listedOnly?: boolean;
  readonly deprecatedForRemoval?: boolean;
  readonly deprecatedSince?: string;
  readonly deprecatedNames?: readonly OptionName[];
}

/** Every option of one series. */
export interface Catalogue {
  readonly series: string;
  /** The Glance release that was read. */
  readonly glance: string;
  readonly options: readonly Option[];
}

/** What one series changed over the one before it. */
export interface SeriesChange {
  readonly from: string;
  readonly to: string;
  readonly added: readonly OptionName[];
  readonly removed: readonly OptionName[];
  readonly renamed: readonly { readonly from: OptionName; readonly to: OptionName }[];
  readonly aliasesRemoved: readonly { readonly alias: OptionName; readonly of: OptionName }[];
}

/** The group that stands for every store of `enabled_backends`. */
export const backendGroup = '<backend>';

/** The options of a series. Throws where no catalogue of it is shipped: ask `catalogueSeries` first. */
export function readCatalogue(series: string): Catalogue {
  return read(`${series}.json`) as Catalogue;
}

/** The series that have a catalogue, oldest first. */
export function catalogueSeries(): readonly string[] {
  const [first, ...rest] = readChanges();
  return first ? [first.from, first.to, ...rest.map(({ to }) => to)] : [];
}

/** What changed from series to series, oldest first. */
export function readChanges(): readonly SeriesChange[] {
  return read('changes.json') as SeriesChange[];
}

/** An option by its group and name, also one that its group has only once a plugin is loaded. */
export function findOption(catalogue: Catalogue, { group, name }: OptionName): Option | undefined {
  return (
    catalogue.options.find((option) => option.group === group && option.name === name) ??
    pluginOption(catalogue, { group, name })
  );
}

/**
 * What `auth_type = password` registers in whatever group says it, and no list of options shows
 * (keystoneauth1/loading/_plugins/identity/generic.py, loading/identity.py).
 */
const ofPassword: ReadonlySet<string> = new Set([
  ...['auth_url', 'system_scope', 'domain_id', 'domain_name', 'project_id', 'project_name', 'trust_id'],
  ...['project_domain_id', 'project_domain_name', 'default_domain_id', 'default_domain_name'],
  ...['user_id', 'username', 'user_domain_id', 'user_domain_name', 'password'],
]);

/** The group of every release that lists them. */
const listedIn = 'keystone_authtoken';

function pluginOption({ options }: Catalogue, { group, name }: OptionName): Option | undefined {
  if (!ofPassword.has(name)) return undefined;
  const loader = options.find((option) => option.group === group && option.name === 'auth_type');
  const model = options.find((option) => option.group === listedIn && option.name === name);
  if (!loader || !model) return undefined;
  const { deprecatedNames: _, ...option } = model;
  return { ...option, group, programs: loader.programs, ...(loader.plugin && { plugin: loader.plugin }) };
}

export const sameName = (a: OptionName, b: OptionName): boolean => a.group === b.group && a.name === b.name;

/** `workers` for the DEFAULT group, `[database] connection` for others, as a reader of the file knows it. */
export function shownName({ group, name }: OptionName): string {
  return group === 'DEFAULT' ? name : `[${group}] ${name}`;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(dataFile('msi', 'glance', 'options', file), 'utf8'));
}
