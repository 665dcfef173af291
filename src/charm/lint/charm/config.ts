import {
  entriesOf,
  entryOf,
  isEmpty,
  kindOf,
  nodeAt,
  textOf,
  type YamlEntry,
  type YamlNode,
} from '../../yaml/node.ts';
import { leastJuju } from '../assumes.ts';
import type { Report } from '../finding.ts';
import { isOf, mapsOf, storedName, unknownKeys } from '../shape.ts';
import type { CharmSubject } from './subject.ts';

const newest = [9, 0] as const;
const types = ['string', 'int', 'float', 'boolean', 'secret'];

/** config.yaml, and `config` of charmcraft.yaml. */
export function checkConfig(subject: CharmSubject): void {
  const metadata = subject.document('metadata.yaml')?.root;
  const document = subject.document('config.yaml');
  if (document) checkOptions(document.report, document.root, undefined, metadata);
  const project = subject.document('charmcraft.yaml');
  const own = entryOf(project?.root, 'config');
  if (project && own) checkOptions(project.report, own.value, own, project.root);
}

function checkOptions(
  report: Report,
  root: YamlNode,
  at: YamlEntry | undefined,
  metadata: YamlNode | undefined,
): void {
  unknownKeys(report, 'config-unknown-key', root, ['options']);
  const options = entryOf(root, 'options');
  if (options?.value.kind !== 'map') {
    report(
      'config-options',
      options ?? at,
      '`options` has to be a map of options',
      'Write `options:` with the options below it.',
    );
    return;
  }
  // Without metadata nothing is known of the versions.
  const juju = metadata ? (leastJuju(nodeAt(metadata, 'assumes')) ?? ([2, 9] as const)) : newest;
  for (const entry of mapsOf(report, 'config-option', options.value)) checkOption(report, entry, juju);
}

function checkOption(report: Report, entry: YamlEntry, juju: readonly [number, number]): void {
  const { key, value } = entry;
  if (!storedName.test(key) || !/^[A-Za-z0-9]/.test(key))
    report(
      'config-name',
      entry,
      `\`${key}\` is not a valid name of an option`,
      'Use letters, digits and hyphens; no dot, no $.',
    );
  unknownKeys(report, 'config-unknown-key', value, ['type', 'description', 'default'], 'warning');
  checkDescription(report, entry);
  const typeNode = nodeAt(value, 'type');
  const type = typeNode && !isEmpty(typeNode) ? textOf(typeNode) : 'string';
  if (type === undefined || !types.includes(type)) {
    report(
      'config-type',
      typeNode,
      `the type of \`${key}\` has to be one of ${types.join(', ')}`,
      'Name one of them.',
    );
    return;
  }
  if (type === 'secret' && !(juju[0] > 3 || (juju[0] === 3 && juju[1] >= 3)))
    report(
      'config-secret',
      entry,
      'Juju before 3.3 refuses a charm with an option of type secret',
      'Add `juju >= 3.3` to `assumes`, or make it a string that takes `secret:ID`.',
    );
  const standard = nodeAt(value, 'default');
  if (standard) checkDefault(report, key, type, standard);
}

function checkDescription(report: Report, entry: YamlEntry): void {
  const { key, value } = entry;
  if (isEmpty(nodeAt(value, 'description')))
    report(
      'config-description',
      entry,
      `option \`${key}\` has no description`,
      'Say what it does.',
      'warning',
    );
  else if (!isOf(nodeAt(value, 'description'), 'text'))
    report(
      'config-type',
      nodeAt(value, 'description'),
      'a description has to be text',
      'Write it in quotes.',
    );
}

/** A default by the type of its option, as Juju reads it. */
function checkDefault(report: Report, key: string, type: string, node: YamlNode): void {
  const why = optionProblem(type, node);
  if (why) report('config-default', node, `the default of \`${key}\`: ${why.message}`, why.remedy);
  else if (type === 'secret' && textOf(node))
    report(
      'config-default',
      node,
      `the default of \`${key}\` names a secret of one model`,
      'Leave the default out.',
    );
}

/** Why Juju takes a value not for an option of a type; undefined where it does. Null is unset. */
export function optionProblem(
  type: string,
  node: YamlNode,
): { readonly message: string; readonly remedy: string } | undefined {
  if (isEmpty(node)) return undefined;
  const wanted =
    type === 'string' || type === 'secret'
      ? 'text'
      : type === 'float'
        ? 'number'
        : type === 'int'
          ? 'int'
          : 'boolean';
  if (isOf(node, wanted)) {
    const empty = textOf(node) === '' && wanted !== 'text';
    return empty ? { message: 'it is empty', remedy: 'Leave it out.' } : undefined;
  }
  const read =
    node.kind === 'scalar' && typeof node.value !== 'string' ? ` (YAML 1.1 reads \`${node.text}\` so)` : '';
  const remedy =
    node.kind === 'scalar' && wanted === 'text'
      ? `Write it in quotes: "${node.text}".`
      : `Write a value of type ${type}, without quotes.`;
  return { message: `expected ${type}, got ${kindOf(node)}${read}`, remedy };
}

/** The types of the options of a charm, by name. */
export function optionTypes(subject: CharmSubject): ReadonlyMap<string, string> {
  const roots = [
    subject.document('config.yaml')?.root,
    nodeAt(subject.document('charmcraft.yaml')?.root, 'config'),
  ];
  const options = roots.flatMap((root) => entriesOf(nodeAt(root, 'options')));
  return new Map(options.map(({ key, value }) => [key, textOf(nodeAt(value, 'type')) ?? 'string']));
}
