import {
  entriesOf,
  isEmpty,
  itemsOf,
  nodeAt,
  textOf,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
} from '../../yaml/node.ts';

/** A document of a bundle, and the file that it stands in. */
export interface BundleDocument {
  readonly file: string;
  /** Absolute folder of the file: paths in it are relative to that. */
  readonly folder: string;
  readonly root: YamlMap;
}

/** A bundle, or what overlays make of one. */
export interface Bundle {
  readonly applications: ReadonlyMap<string, Application>;
  readonly machines: ReadonlyMap<string, YamlEntry>;
  readonly saas: ReadonlyMap<string, YamlEntry>;
  readonly relations: readonly YamlNode[];
  readonly series: YamlNode | undefined;
  readonly defaultBase: YamlNode | undefined;
}

export interface Application {
  /** Where it was named first. */
  readonly entry: YamlEntry;
  /** Its keys; those of overlays over those of the bundle. */
  readonly keys: ReadonlyMap<string, YamlEntry>;
  readonly folder: string;
}

/** The documents merged as Juju does it: maps by key, lists replaced, relations added, machines replaced as a whole, null removes. */
export function mergeBundle(documents: readonly BundleDocument[]): Bundle {
  const applications = new Map<string, Application>();
  let machines = new Map<string, YamlEntry>();
  const saas = new Map<string, YamlEntry>();
  let relations: readonly YamlNode[] = [];
  let series: YamlNode | undefined;
  let defaultBase: YamlNode | undefined;
  for (const [index, { root, folder }] of documents.entries()) {
    for (const entry of entriesOf(nodeAt(root, 'applications'))) {
      if (index > 0 && isEmpty(entry.value)) {
        applications.delete(entry.key);
        relations = relations.filter(
          (relation) => !endpointsOf(relation).some(({ name }) => name === entry.key),
        );
      } else applications.set(entry.key, mergedApplication(applications.get(entry.key), entry, folder));
    }
    const own = nodeAt(root, 'machines');
    if (own) machines = new Map(entriesOf(own).map((entry) => [entry.key, entry]));
    for (const entry of entriesOf(nodeAt(root, 'saas'))) saas.set(entry.key, entry);
    relations = [...relations, ...itemsOf(nodeAt(root, 'relations')).flatMap(pairsOf)];
    series = nodeAt(root, 'series') ?? series;
    defaultBase = nodeAt(root, 'default-base') ?? defaultBase;
  }
  return { applications, machines, saas, relations, series, defaultBase };
}

function mergedApplication(before: Application | undefined, entry: YamlEntry, folder: string): Application {
  const keys = new Map(before?.keys);
  for (const one of entriesOf(entry.value)) {
    const old = keys.get(one.key)?.value;
    keys.set(
      one.key,
      old?.kind === 'map' && one.value.kind === 'map' ? { ...one, value: mergedMap(old, one.value) } : one,
    );
  }
  return {
    entry: before?.entry ?? entry,
    keys,
    folder: entriesOf(entry.value).some(({ key }) => key === 'charm') ? folder : (before?.folder ?? folder),
  };
}

function mergedMap(below: YamlMap, above: YamlMap): YamlMap {
  const keys = new Set(above.entries.map(({ key }) => key));
  return { ...above, entries: [...below.entries.filter(({ key }) => !keys.has(key)), ...above.entries] };
}

/** `[[a, b], c]` stands for two relations; older bundles write them so. */
function pairsOf(node: YamlNode): readonly YamlNode[] {
  const [first, second] = itemsOf(node);
  if (first?.kind !== 'scalar' || second?.kind !== 'list' || node.kind !== 'list') return [node];
  return second.items.map((item) => ({ kind: 'list', at: item.at, items: [first, item] }));
}

export interface Endpoint {
  readonly node: YamlNode;
  readonly name: string;
  readonly endpoint?: string;
}

/** The two ends of a relation, `app` or `app:endpoint`. */
export function endpointsOf(relation: YamlNode): readonly Endpoint[] {
  return itemsOf(relation).map((node) => {
    const [name = '', endpoint] = (textOf(node) ?? '').split(':');
    return { node, name, ...(endpoint !== undefined && { endpoint }) };
  });
}
