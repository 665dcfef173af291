import { nearestName } from '../../site/yaml/nearest.ts';
import { entriesOf, isEmpty, kindOf, nodeAt, type YamlEntry, type YamlNode } from '../yaml/node.ts';
import type { LintFinding, Report } from './finding.ts';
import type { LintRule } from './rules/index.ts';

/** Names as Juju's parser takes them (juju/names, juju/charm). */
export const applicationName = /^[a-z][a-z0-9]*(-[a-z0-9]*[a-z][a-z0-9]*)*$/;
export const relationName = /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/;
export const actionName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
export const seriesName = /^[a-z]+([a-z0-9]+)?$/;
/** A key of a document in the controller's database. */
export const storedName = /^[^$.][^.]*$/;

/** Says of every key that Juju does not know, as it drops them without a word. */
export function unknownKeys(
  report: Report,
  rule: LintRule,
  node: YamlNode | undefined,
  known: readonly string[],
  severity: LintFinding['severity'] = 'error',
): void {
  for (const entry of entriesOf(node)) {
    if (known.includes(entry.key)) continue;
    const near = nearestName(entry.key, known);
    const remedy = near ? `Did you mean \`${near}\`?` : `Known here: ${known.join(', ')}.`;
    report(rule, entry, `\`${entry.key}\` is not a key here; Juju ignores it`, remedy, severity);
  }
}

type Kind = 'text' | 'int' | 'number' | 'boolean' | 'map' | 'list';
const kindWords: Readonly<Record<Kind, string>> = {
  text: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  map: 'a map',
  list: 'a list',
};

/** Whether a node is of a kind, as Juju reads it; what is absent is not. */
export function isOf(node: YamlNode | undefined, kind: Kind): boolean {
  if (!node) return false;
  if (node.kind !== 'scalar') return node.kind === kind;
  if (kind === 'int') return Number.isInteger(node.value);
  return typeof node.value === (kind === 'text' ? 'string' : kind);
}

/** The value of a key of some kind; says where it is another. Null counts as absent. */
export function ofKind(
  report: Report,
  rule: LintRule,
  map: YamlNode | undefined,
  key: string,
  kind: Kind,
): YamlNode | undefined {
  const node = nodeAt(map, key);
  if (!node || isEmpty(node)) return undefined;
  if (isOf(node, kind)) return node;
  const quote =
    kind === 'text' && node.kind === 'scalar'
      ? `Write it in quotes: "${node.text}".`
      : `Write ${kindWords[kind]}.`;
  report(rule, node, `\`${key}\` has to be ${kindWords[kind]}, and Juju reads ${kindOf(node)}`, quote);
  return undefined;
}

/** Whether a name is reserved for Juju itself. */
export function isReserved(name: string): boolean {
  return name === 'juju' || name.startsWith('juju-');
}

/** The entries of a map whose values have to be maps; says of the others. */
export function mapsOf(report: Report, rule: LintRule, node: YamlNode | undefined): readonly YamlEntry[] {
  return entriesOf(node).filter((entry) => {
    if (entry.value.kind === 'map') return true;
    report(rule, entry, `\`${entry.key}\` has to be a map`, 'Write its keys below it, indented.');
    return false;
  });
}
