import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { openTree } from '../../archive/open-tree.ts';
import { entriesOf, nodeAt, textOf, type YamlEntry } from '../../yaml/node.ts';
import { optionProblem, optionTypes } from '../charm/config.ts';
import { type CharmSubject, charmSubject } from '../charm/subject.ts';
import type { Report } from '../finding.ts';
import { isLocal } from './charm-name.ts';
import { type Application, type Bundle, type Endpoint, endpointsOf } from './model.ts';
import { charmUrl } from './values.ts';

type Charms = ReadonlyMap<string, CharmSubject>;
const roles = ['provides', 'requires', 'peers'] as const;

/** What local charms say: their options, endpoints, bindings and resources. Of charms of the store nothing is known here. */
export function checkCharms(bundle: Bundle, report: Report): void {
  const charms = new Map(
    [...bundle.applications].flatMap(([name, one]) => {
      const subject = localCharm(one);
      return subject ? [[name, subject] as const] : [];
    }),
  );
  for (const [name, application] of bundle.applications) {
    const charm = charms.get(name);
    if (!charm) continue;
    checkOptions(application, charm, report);
    checkResources(application, charm, report);
    checkBindings(application, charm, report);
    checkSubordinate(application, charm, report);
  }
  for (const relation of bundle.relations) checkRelation(bundle, charms, endpointsOf(relation), report);
}

function localCharm({ keys, folder }: Application): CharmSubject | undefined {
  const text = textOf(keys.get('charm')?.value);
  if (text === undefined || !isLocal(text)) return undefined;
  const path = isAbsolute(text) ? text : join(folder, text);
  return existsSync(path) ? charmSubject(openTree(path)) : undefined;
}

/** metadata.yaml of a packed charm, charmcraft.yaml of a project. */
function rootOf(charm: CharmSubject) {
  return (charm.document('metadata.yaml') ?? charm.document('charmcraft.yaml'))?.root;
}

function checkOptions({ keys }: Application, charm: CharmSubject, report: Report): void {
  const types = optionTypes(charm);
  for (const entry of entriesOf(keys.get('options')?.value)) {
    const type = types.get(entry.key);
    if (type === undefined) {
      report(
        'option-unknown',
        entry,
        `the charm has no option \`${entry.key}\``,
        `It has ${[...types.keys()].join(', ') || 'none'}.`,
      );
      continue;
    }
    const why = optionProblem(type, entry.value);
    if (why) report('option-type', entry.value, `option \`${entry.key}\`: ${why.message}`, why.remedy);
    else if (entry.value.kind === 'scalar' && entry.value.value === null)
      report(
        'option-null',
        entry,
        `option \`${entry.key}\` is null, which unsets it without a word`,
        'Write the value in quotes, or delete the line.',
        'warning',
      );
  }
}

/** Juju 3 wants a file for each resource of a local charm, and Juju 4 refused empty ones. */
function checkResources({ keys, entry, folder }: Application, charm: CharmSubject, report: Report): void {
  const declared = entriesOf(nodeAt(rootOf(charm), 'resources')).map(({ key }) => key);
  const given = entriesOf(keys.get('resources')?.value);
  for (const name of declared)
    if (!given.some(({ key }) => key === name))
      report(
        'resource-missing',
        keys.get('resources') ?? entry,
        `resource \`${name}\` of the local charm is missing`,
        `Add \`${name}: ./FILE\`; a small placeholder will do.`,
      );
  for (const one of given) checkResource(one, declared, folder, report);
}

function checkResource(entry: YamlEntry, declared: readonly string[], folder: string, report: Report): void {
  if (!declared.includes(entry.key)) {
    report(
      'resource-unknown',
      entry,
      `the charm has no resource \`${entry.key}\``,
      `It has ${declared.join(', ') || 'none'}.`,
    );
    return;
  }
  const path = textOf(entry.value);
  if (path === undefined) return;
  const file = isAbsolute(path) ? path : join(folder, path);
  if (!existsSync(file))
    report('resource-path', entry, `there is no file ${path}`, 'The path is relative to this file.');
  else if (statSync(file).size === 0)
    report(
      'resource-empty',
      entry,
      `${path} has 0 bytes, which some controllers refuse`,
      'Write a few bytes into it.',
    );
}

function checkBindings({ keys }: Application, charm: CharmSubject, report: Report): void {
  const root = rootOf(charm);
  const known = [...roles, 'extra-bindings'].flatMap((section) =>
    entriesOf(nodeAt(root, section)).map(({ key }) => key),
  );
  for (const entry of entriesOf(keys.get('bindings')?.value))
    if (entry.key !== '' && entry.key !== 'juju-info' && !known.includes(entry.key))
      report(
        'binding-unknown',
        entry,
        `the charm has no endpoint \`${entry.key}\``,
        `It has ${known.join(', ')}.`,
      );
}

function checkSubordinate({ keys }: Application, charm: CharmSubject, report: Report): void {
  const subordinate = nodeAt(rootOf(charm), 'subordinate');
  if (subordinate?.kind !== 'scalar' || subordinate.value !== true) return;
  const units = keys.get('num_units');
  const number = units?.value.kind === 'scalar' ? Number(units.value.value) : 0;
  if (number > 0 || keys.has('to'))
    report(
      'subordinate-units',
      units ?? keys.get('to'),
      'a subordinate has no units and no places of its own',
      'Delete `num_units` and `to`.',
    );
}

interface End {
  readonly role: (typeof roles)[number];
  readonly interface: string | undefined;
}

function checkRelation(bundle: Bundle, charms: Charms, ends: readonly Endpoint[], report: Report): void {
  const found = ends.map((end) => {
    const charm = charms.get(end.name);
    return charm && end.endpoint !== undefined ? endOf(charm, end, report) : undefined;
  });
  const [a, b] = found;
  const [first, second] = ends;
  if (a && b && first) {
    if (a.interface !== b.interface)
      report(
        'relation-interface',
        first.node,
        `the interfaces differ: ${a.interface} and ${b.interface}`,
        'Relate endpoints of one interface.',
      );
    else if (a.role === b.role)
      report(
        'relation-role',
        first.node,
        `both ends are below \`${a.role}\``,
        'Relate an endpoint that provides to one that requires.',
      );
  }
  if (!first || !second) return;
  const router = [first, second].find(({ name }) => isRouter(bundle.applications.get(name)));
  const other = router === first ? second : first;
  if (router && other.endpoint === 'shared-db' && charms.get(other.name)?.tree.entries.has('oriel/oriel.cjs'))
    report(
      'mysql-router',
      router.node,
      'mysql-router listens on 127.0.0.1 of its own machine, which no Windows node reaches',
      'Relate to mysql-innodb-cluster itself.',
    );
}

function isRouter(application: Application | undefined): boolean {
  return charmUrl(textOf(application?.keys.get('charm')?.value) ?? '')?.name === 'mysql-router';
}

function endOf(
  charm: CharmSubject,
  { node, endpoint = '', name }: Endpoint,
  report: Report,
): End | undefined {
  if (endpoint === 'juju-info') return { role: 'provides', interface: 'juju-info' };
  const root = rootOf(charm);
  for (const role of roles) {
    const found = nodeAt(root, role, endpoint);
    if (!found) continue;
    if (role === 'peers')
      report(
        'relation-peers',
        node,
        `\`${endpoint}\` is for peers, which Juju relates by itself`,
        'Delete the relation.',
      );
    return role === 'peers'
      ? undefined
      : { role, interface: textOf(found) ?? textOf(nodeAt(found, 'interface')) };
  }
  const known = roles.flatMap((role) => entriesOf(nodeAt(root, role)).map(({ key }) => key));
  report(
    'relation-endpoint',
    node,
    `\`${name}\` has no endpoint \`${endpoint}\``,
    `It has ${known.join(', ')}.`,
  );
  return undefined;
}
