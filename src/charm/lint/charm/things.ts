import { entryOf, isEmpty, nodeAt, textOf, type YamlEntry, type YamlNode } from '../../yaml/node.ts';
import type { Report } from '../finding.ts';
import { applicationName, isOf, mapsOf, ofKind, unknownKeys } from '../shape.ts';
import type { CharmSubject } from './subject.ts';

/** Storage, devices, payloads, resources and containers of metadata.yaml. */
export function checkThings(subject: CharmSubject): void {
  const document = subject.document('metadata.yaml');
  if (!document) return;
  const { root, report } = document;
  const each = (
    section: 'storage' | 'devices' | 'payloads' | 'resources' | 'containers',
    check: (report: Report, entry: YamlEntry) => void,
  ) => {
    for (const entry of mapsOf(report, `${section}-type`, nodeAt(root, section))) check(report, entry);
  };
  each('storage', checkStorage);
  each('devices', checkDevice);
  each('payloads', (_, entry) => {
    const type = nodeAt(entry.value, 'type');
    if (!type || isEmpty(type))
      report('payloads-type', entry, `payload \`${entry.key}\` has no type`, 'Add `type: docker`.');
  });
  each('resources', checkResource);
  each('containers', (_, entry) => checkContainer(report, entry, nodeAt(root, 'resources')));
}

const storageKeys = [
  'type',
  'description',
  'shared',
  'read-only',
  'multiple',
  'minimum-size',
  'location',
  'properties',
];

function checkStorage(report: Report, entry: YamlEntry): void {
  const { key, value } = entry;
  if (!applicationName.test(key))
    report(
      'storage-name',
      entry,
      `\`${key}\` is not a valid name of storage`,
      'Use small letters, digits and hyphens.',
    );
  unknownKeys(report, 'storage-unknown-key', value, storageKeys);
  const type = textOf(nodeAt(value, 'type'));
  if (type !== 'filesystem' && type !== 'block')
    report(
      'storage-type',
      entryOf(value, 'type') ?? entry,
      `\`${key}\` has to be filesystem or block`,
      'Add `type: filesystem`.',
    );
  for (const one of ['shared', 'read-only']) ofKind(report, 'storage-type', value, one, 'boolean');
  if (type === 'block' && entryOf(value, 'location'))
    report('storage-location', entryOf(value, 'location'), 'only a filesystem has a location', 'Delete it.');
  const size = nodeAt(value, 'minimum-size');
  if (size && !/^\d+(\.\d+)?[MGTPEZY]$/.test(size.kind === 'scalar' ? size.text : ''))
    report('storage-size', size, 'a size has a unit: M, G, T, P, E, Z or Y', 'Write `10G`.');
  const range = nodeAt(value, 'multiple', 'range');
  if (
    entryOf(value, 'multiple') &&
    !/^([1-9]\d*[+-]?|\d+-\d+|\d+\+)$/.test(range?.kind === 'scalar' ? range.text : '')
  )
    report(
      'storage-range',
      range ?? entryOf(value, 'multiple'),
      '`multiple` needs a range',
      'Write `range: 0-10`, `1+` or `2`.',
    );
  const properties = nodeAt(value, 'properties');
  for (const node of properties?.kind === 'list' ? properties.items : [])
    if (textOf(node) !== 'transient')
      report('storage-properties', node, 'the only property is transient', 'Delete the others.');
}

function checkDevice(report: Report, entry: YamlEntry): void {
  const { key, value } = entry;
  if (!isOf(nodeAt(value, 'type'), 'text'))
    report('devices-type', entry, `device \`${key}\` has no type`, 'Add `type: gpu`.');
  const [least, most] = ['countmin', 'countmax'].map((one) => nodeAt(value, one));
  const number = (node: YamlNode | undefined) => (node?.kind === 'scalar' ? Number(node.value) : Number.NaN);
  if (least && most && number(least) > number(most))
    report('devices-count', most, '`countmax` is less than `countmin`', 'Make it at least as large.');
}

function checkResource(report: Report, entry: YamlEntry): void {
  const { key, value } = entry;
  unknownKeys(
    report,
    'resources-unknown-key',
    value,
    ['type', 'filename', 'description', 'upstream-source', 'auto-fetch'],
    'warning',
  );
  const typeNode = nodeAt(value, 'type');
  const type = typeNode && !isEmpty(typeNode) ? textOf(typeNode) : 'file';
  if (type !== 'file' && type !== 'oci-image')
    report(
      'resources-type',
      typeNode,
      `resource \`${key}\` has to be a file or an oci-image`,
      'Write `type: file`.',
    );
  if (type !== 'file') return;
  const name = textOf(nodeAt(value, 'filename'));
  if (!name)
    report(
      'resources-filename',
      entry,
      `resource \`${key}\` has no filename`,
      'Add `filename: NAME.EXTENSION`.',
    );
  else if (name.includes('/'))
    report(
      'resources-filename',
      nodeAt(value, 'filename'),
      'a filename has no folder',
      'Write the name alone.',
    );
}

function checkContainer(report: Report, entry: YamlEntry, resources: YamlNode | undefined): void {
  const resource = nodeAt(entry.value, 'resource');
  if (resource && !entryOf(resources, textOf(resource) ?? ''))
    report(
      'containers-resource',
      resource,
      `there is no resource \`${textOf(resource)}\``,
      'Add it below `resources`, as an oci-image.',
    );
}
