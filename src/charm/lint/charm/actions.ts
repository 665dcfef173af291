import {
  entriesOf,
  entryOf,
  isEmpty,
  itemsOf,
  kindOf,
  nodeAt,
  textOf,
  type YamlEntry,
  type YamlNode,
} from '../../yaml/node.ts';
import type { Report } from '../finding.ts';
import { actionName, isOf, isReserved, mapsOf, ofKind } from '../shape.ts';
import { isForWindows } from './metadata.ts';
import { hasDispatch, makesDispatch, windowsSuffixes } from './scripts.ts';
import type { CharmSubject } from './subject.ts';

const schemaTypes = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/** actions.yaml, and `actions` of charmcraft.yaml. */
export function checkActions(subject: CharmSubject): void {
  const document = subject.document('actions.yaml');
  const project = subject.document('charmcraft.yaml');
  const own = entryOf(project?.root, 'actions');
  for (const [report, actions] of [
    [document?.report, document?.root] as const,
    [project?.report, own?.value] as const,
  ])
    if (report) for (const entry of mapsOf(report, 'action-map', actions)) checkAction(report, entry);
  if (!hasDispatch(subject) && !makesDispatch(subject))
    for (const entry of entriesOf(document?.root)) checkProgram(subject, entry, document?.report);
}

function checkAction(report: Report, entry: YamlEntry): void {
  const { key, value } = entry;
  if (!actionName.test(key))
    report(
      'action-name',
      entry,
      `\`${key}\` is not a valid name of an action`,
      'Use small letters, digits and hyphens, none of them at an end.',
    );
  if (isReserved(key))
    report('action-reserved', entry, `\`${key}\` is a name of Juju itself`, 'Give it another name.');
  ofKind(report, 'action-type', value, 'description', 'text');
  ofKind(report, 'action-type', value, 'title', 'text');
  ofKind(report, 'action-type', value, 'parallel', 'boolean');
  ofKind(report, 'action-type', value, 'execution-group', 'text');
  if (isEmpty(nodeAt(value, 'description')))
    report(
      'action-description',
      entry,
      `action \`${key}\` has no description`,
      'Say what it does.',
      'warning',
    );
  const params = nodeAt(value, 'params');
  if (params && !isEmpty(params) && params.kind !== 'map')
    report('action-params', params, '`params` has to be a map', 'Write the parameters below it, by name.');
  for (const one of mapsOf(report, 'action-params', params)) checkParameter(report, one);
  checkRequired(report, value, params);
}

/** JSON Schema of draft 4, without references. */
function checkParameter(report: Report, entry: YamlEntry): void {
  refused(report, entry.value);
  const type = nodeAt(entry.value, 'type');
  const names = type?.kind === 'list' ? type.items : type ? [type] : [];
  for (const node of names)
    if (!schemaTypes.includes(textOf(node) ?? (isEmpty(node) ? 'null' : '')))
      report(
        'action-param-type',
        node,
        `\`${node.kind === 'scalar' ? node.text : 'this'}\` is not a type of JSON Schema`,
        `Use one of ${schemaTypes.join(', ')}.`,
      );
  const standard = nodeAt(entry.value, 'default');
  const kinds: Readonly<Record<string, Parameters<typeof isOf>[1]>> = {
    string: 'text',
    integer: 'int',
    number: 'number',
    boolean: 'boolean',
    array: 'list',
    object: 'map',
  };
  const kind = kinds[textOf(type) ?? ''];
  if (standard && kind && !isEmpty(standard) && !isOf(standard, kind))
    report(
      'action-param-default',
      standard,
      `the default is ${kindOf(standard)}, and the type is ${textOf(type)}`,
      'Write a value of that type.',
    );
  if (isOf(nodeAt(entry.value, 'required'), 'boolean'))
    report(
      'action-required',
      entryOf(entry.value, 'required'),
      '`required` stands beside `params`, as a list of names',
      `Move it there: \`required: [${entry.key}]\`.`,
    );
}

/** `$ref` and `$schema`, however deep. */
function refused(report: Report, node: YamlNode): void {
  for (const entry of entriesOf(node)) {
    if (entry.key === '$ref' || entry.key === '$schema')
      report(
        'action-reference',
        entry,
        `Juju refuses \`${entry.key}\` in parameters`,
        'Write the schema out.',
      );
    refused(report, entry.value);
  }
  for (const item of itemsOf(node)) refused(report, item);
}

function checkRequired(report: Report, action: YamlNode, params: YamlNode | undefined): void {
  const required = ofKind(report, 'action-required', action, 'required', 'list');
  for (const node of itemsOf(required))
    if (!entryOf(params, textOf(node) ?? ''))
      report(
        'action-required',
        node,
        `\`${textOf(node)}\` is required and not among \`params\``,
        'Add it there, or take it out here.',
      );
}

function checkProgram(subject: CharmSubject, { key, at }: YamlEntry, report: Report | undefined): void {
  const windows = isForWindows(subject);
  const names = windows ? windowsSuffixes.map((suffix) => `actions/${key}${suffix}`) : [`actions/${key}`];
  const found = names.some((name) => subject.tree.entries.has(name));
  if (!found)
    report?.(
      'action-missing',
      { at },
      `neither dispatch nor ${names[0]} is there: the action does nothing`,
      `Add ${names[0]}.`,
    );
}
