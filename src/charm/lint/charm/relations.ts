import { nearestName } from '../../../site/yaml/nearest.ts';
import { entriesOf, nodeAt, textOf, type YamlEntry, type YamlNode } from '../../yaml/node.ts';
import { isOf, isReserved, ofKind, relationName, unknownKeys } from '../shape.ts';
import type { CharmDocument, CharmSubject } from './subject.ts';

export const roles = ['provides', 'requires', 'peers'] as const;

/** Interfaces whose data is written down somewhere; a name that is nearly one of them relates to nothing. */
const interfaces = [
  ...[
    'keystone',
    'mysql-shared',
    'rabbitmq',
    'glance',
    'tls-certificates',
    'swift-proxy',
    'hacluster',
    'ceph-client',
  ],
  ...[
    'cinder',
    'nrpe-external-master',
    'cos_agent',
    'prometheus_scrape',
    'grafana_dashboard',
    'ad-join',
    'failover-cluster',
  ],
  ...['nova-compute', 'neutron-plugin-api', 'keystone-credentials', 'fileserver', 'share-access'],
];

/** Endpoints of metadata.yaml. */
export function checkRelations(subject: CharmSubject): void {
  const document = subject.document('metadata.yaml');
  if (!document) return;
  const seen = new Map<string, string>();
  for (const role of roles)
    for (const entry of entriesOf(nodeAt(document.root, role))) {
      checkEndpoint(document, role, entry);
      const before = seen.get(entry.key);
      if (before)
        document.report(
          'relation-twice',
          entry,
          `\`${entry.key}\` is below \`${before}\` as well`,
          'Give one of them another name.',
        );
      seen.set(entry.key, role);
    }
  checkSubordinate(document);
}

function checkEndpoint(document: CharmDocument, role: (typeof roles)[number], entry: YamlEntry): void {
  const { report, root } = document;
  const { key, value } = entry;
  const name = textOf(value) ?? textOf(nodeAt(value, 'interface'));
  if (!name)
    report(
      'relation-interface',
      entry,
      `\`${key}\` has no interface`,
      'Add `interface: NAME`; text that YAML reads as something else needs quotes.',
    );
  if (!relationName.test(key))
    report(
      'relation-name',
      entry,
      `\`${key}\` is not a valid name of an endpoint`,
      'Use small letters, digits, - and _; a letter first.',
    );
  const own = textOf(nodeAt(root, 'name')) ?? '';
  const contained =
    role === 'requires' && isSubordinate(document) && textOf(nodeAt(value, 'scope')) === 'container';
  if (isReserved(key) && !contained && !isReserved(own))
    report(
      'relation-reserved',
      entry,
      `\`${key}\` is a name of Juju itself`,
      'Give it another name; every charm provides juju-info.',
    );
  if (name && role !== 'requires' && isReserved(name) && !isReserved(own))
    report(
      'relation-reserved',
      entry,
      `only Juju itself provides the interface ${name}`,
      'Name another interface.',
    );
  if (name) checkInterface(document, entry, name);
  checkKeys(document, value);
}

function checkKeys({ report }: CharmDocument, value: YamlNode): void {
  if (value.kind !== 'map') return;
  unknownKeys(report, 'relation-unknown-key', value, ['interface', 'limit', 'optional', 'scope']);
  ofKind(report, 'relation-type', value, 'limit', 'int');
  ofKind(report, 'relation-type', value, 'optional', 'boolean');
  const scope = nodeAt(value, 'scope');
  if (scope && !['global', 'container'].includes(textOf(scope) ?? ''))
    report('relation-scope', scope, '`scope` has to be global or container', 'Name one of them.');
}

function checkInterface({ report }: CharmDocument, entry: YamlEntry, name: string): void {
  const near = interfaces.includes(name) ? undefined : nearestName(name, interfaces);
  const bare = (text: string) => text.toLowerCase().replace(/[-_ ]/g, '');
  if (
    near &&
    Math.abs(bare(near).length - bare(name).length) <= 1 &&
    bare(near)[0] === bare(name)[0] &&
    !name.startsWith(near)
  )
    report(
      'relation-interface-name',
      entry,
      `no known charm has the interface ${name}`,
      `Did you mean ${near}?`,
      'warning',
    );
}

function isSubordinate({ root }: CharmDocument): boolean {
  const node = nodeAt(root, 'subordinate');
  return node?.kind === 'scalar' && node.value === true;
}

function checkSubordinate(document: CharmDocument): void {
  if (!isSubordinate(document)) return;
  const required = entriesOf(nodeAt(document.root, 'requires'));
  if (
    required.some(
      ({ value }) => isOf(nodeAt(value, 'scope'), 'text') && textOf(nodeAt(value, 'scope')) === 'container',
    )
  )
    return;
  const at =
    document.root.kind === 'map' ? document.root.entries.find(({ key }) => key === 'subordinate') : undefined;
  document.report(
    'subordinate-container',
    at,
    'a subordinate charm needs an endpoint below `requires` with `scope: container`',
    'Add one: `juju-info: {interface: juju-info, scope: container}`.',
  );
}
