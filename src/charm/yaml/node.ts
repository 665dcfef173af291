import type { GoValue } from './go-scalar.ts';

/** Where something begins; both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** YAML with places, as Juju reads it. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly at: Place;
  readonly value: GoValue;
  /** As written, quotes taken off. */
  readonly text: string;
  /** Without quotes. */
  readonly plain: boolean;
}

export interface YamlList {
  readonly kind: 'list';
  readonly at: Place;
  readonly items: readonly YamlNode[];
}

export interface YamlEntry {
  readonly key: string;
  /** Of the key. */
  readonly at: Place;
  readonly value: YamlNode;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly at: Place;
  /** Of a key that is written twice the last one, which is the one that counts. */
  readonly entries: readonly YamlEntry[];
}

/** The entry of a map; undefined where the node is no map or lacks the key. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The value of an entry. */
export function nodeAt(node: YamlNode | undefined, ...path: readonly string[]): YamlNode | undefined {
  return path.reduce<YamlNode | undefined>((found, key) => entryOf(found, key)?.value, node);
}

/** The entries of a map; none where the node is no map. */
export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** The items of a list; none where the node is no list. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The text of a scalar that Juju reads as text. */
export function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** Whether nothing stands there, or null. */
export function isEmpty(node: YamlNode | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

/** What Juju reads there, in words: `the number 83`, `true`, `a list`. */
export function kindOf(node: YamlNode): string {
  if (node.kind !== 'scalar') return `a ${node.kind}`;
  if (typeof node.value === 'number') return `the number ${node.value}`;
  return typeof node.value === 'string' ? `text` : `${node.value}`;
}
