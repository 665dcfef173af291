import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { entriesOf, entryOf, itemsOf, nodeAt, textOf, type YamlMap } from '../../yaml/node.ts';
import type { Report } from '../finding.ts';
import { applicationName, isOf, relationName } from '../shape.ts';
import type { BundleDocument } from './model.ts';
import { constraintsProblem, isDevice, isStorage, placementOf } from './values.ts';

/** What stands in the values of an application. */
export function checkValues(document: BundleDocument, value: YamlMap, report: Report): void {
  checkUnits(value, report);
  checkTexts(value, report);
  checkIncludes(document, value, report);
  checkExposed(value, report);
}

function checkUnits(value: YamlMap, report: Report): void {
  const number = (name: string) => {
    const node = nodeAt(value, name);
    return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : 0;
  };
  if (number('num_units') < 0 || number('scale') < 0)
    report(
      'application-units',
      entryOf(value, 'num_units') ?? entryOf(value, 'scale'),
      'the number of units is negative',
      'Write 0 or more.',
    );
  if (number('num_units') > 0 && number('scale') > 0)
    report(
      'application-units',
      entryOf(value, 'scale'),
      '`scale` and `num_units` are both there',
      'Keep `num_units` for machines, `scale` for Kubernetes.',
    );
  const to = itemsOf(nodeAt(value, 'to'));
  if (to.length > number('num_units') && isOf(nodeAt(value, 'num_units'), 'int'))
    report(
      'application-to',
      entryOf(value, 'to'),
      `it has ${number('num_units')} units and ${to.length} places`,
      'Name at most one place for each unit.',
    );
  for (const node of to) {
    const text = node.kind === 'scalar' ? node.text : '';
    if (!placementOf(text))
      report(
        'application-to',
        node,
        `\`${text}\` is not a place`,
        'Write a machine (`"0"`), a container on one (`lxd:0`) or an application (`keystone/0`).',
      );
  }
}

/** `constraints` of an application or a machine. */
export function checkConstraints(value: YamlMap, report: Report): void {
  const constraints = textOf(nodeAt(value, 'constraints'));
  const why = constraints === undefined ? undefined : constraintsProblem(constraints);
  if (why)
    report(
      'constraints',
      nodeAt(value, 'constraints'),
      why,
      'Write `key=value`, separated by blanks: `mem=4G cores=2`.',
    );
}

function checkTexts(value: YamlMap, report: Report): void {
  checkConstraints(value, report);
  for (const { key, value: node, at } of entriesOf(nodeAt(value, 'storage')))
    if (!applicationName.test(key) || !isStorage(textOf(node) ?? (node.kind === 'scalar' ? node.text : '')))
      report(
        'application-storage',
        { at },
        `\`${key}\` is not storage with pool, count or size`,
        'Write `images: ebs,10G,1`.',
      );
  for (const { key, value: node, at } of entriesOf(nodeAt(value, 'devices')))
    if (!isDevice(textOf(node) ?? ''))
      report('application-devices', { at }, `\`${key}\` is not a device`, 'Write `gpu: 1,nvidia.com/gpu`.');
}

function checkIncludes({ folder }: BundleDocument, value: YamlMap, report: Report): void {
  for (const entry of ['options', 'annotations'].flatMap((key) => entriesOf(nodeAt(value, key)))) {
    const [, path] = /^include-(?:file|base64):\/\/(.*)$/.exec(textOf(entry.value) ?? '') ?? [];
    if (path !== undefined && !existsSync(isAbsolute(path) ? path : join(folder, path)))
      report('include-missing', entry, `there is no file ${path}`, 'The path is relative to this file.');
  }
}

function checkExposed(value: YamlMap, report: Report): void {
  const exposed = entryOf(value, 'exposed-endpoints');
  const expose = nodeAt(value, 'expose');
  if (exposed && expose?.kind === 'scalar' && expose.value === true)
    report(
      'exposed-endpoints',
      exposed,
      '`expose: true` and `exposed-endpoints` do not go together',
      'Delete `expose`.',
    );
  for (const { value: endpoint } of entriesOf(exposed?.value))
    for (const node of itemsOf(nodeAt(endpoint, 'expose-to-cidrs')))
      if (!/^([0-9.]+|[0-9a-fA-F:]+)\/\d{1,3}$/.test(textOf(node) ?? ''))
        report('exposed-endpoints', node, 'this is not a CIDR', 'Write `10.0.0.0/24`.');
  for (const offer of entriesOf(nodeAt(value, 'offers')))
    for (const node of itemsOf(nodeAt(offer.value, 'endpoints')))
      if (!relationName.test(textOf(node) ?? ''))
        report('offer-endpoint', node, 'this is not a name of an endpoint', 'Name an endpoint of the charm.');
}
