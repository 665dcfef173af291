import { entriesOf, entryOf, isEmpty, itemsOf, nodeAt, textOf } from '../../yaml/node.ts';
import { assumesProblems } from '../assumes.ts';
import { applicationName, isOf, ofKind, seriesName, unknownKeys } from '../shape.ts';
import { isProject } from './files.ts';
import type { CharmDocument, CharmSubject } from './subject.ts';

const texts = ['name', 'summary', 'description'];
const read = [
  'subordinate',
  'categories',
  'tags',
  'series',
  'min-juju-version',
  'assumes',
  'containers',
  'charm-user',
];
const maps = [
  'peers',
  'provides',
  'requires',
  'extra-bindings',
  'storage',
  'devices',
  'payloads',
  'resources',
  'deployment',
];
/** Not read by Juju, and known to the store and its tools. */
const others = [
  'maintainer',
  'maintainers',
  'display-name',
  'docs',
  'website',
  'issues',
  'source',
  'terms',
  'revision',
  'format',
];
export const metadataKeys = [...texts, ...read, ...maps, ...others];

/** Keys of metadata.yaml that stand alone. */
export function checkMetadata(subject: CharmSubject): void {
  const document = subject.document('metadata.yaml');
  if (!document) return;
  const { root, report } = document;
  unknownKeys(report, 'metadata-unknown-key', root, metadataKeys, 'warning');
  for (const key of texts) checkText(document, key);
  const name = textOf(nodeAt(root, 'name'));
  if (name !== undefined && !applicationName.test(name))
    report(
      'metadata-name',
      entryOf(root, 'name'),
      `\`${name}\` is not a valid name of a charm`,
      'Use small letters, digits and hyphens: a letter first, and no part of digits alone.',
    );
  const summary = textOf(nodeAt(root, 'summary')) ?? '';
  if (summary.length > 200)
    report(
      'metadata-summary',
      entryOf(root, 'summary'),
      `the summary has ${summary.length} characters`,
      'Use at most 200; charmcraft refuses more.',
    );
  ofKind(report, 'metadata-type', root, 'subordinate', 'boolean');
  for (const key of ['tags', 'categories', 'terms']) ofKind(report, 'metadata-type', root, key, 'list');
  for (const key of maps) ofKind(report, 'metadata-type', root, key, 'map');
  checkSeries(document, subject.tree.entries.has('oriel/oriel.cjs'));
  checkVersions(document, hasBases(subject));
  checkValues(document);
  checkExtraBindings(document);
  const assumes = nodeAt(root, 'assumes');
  if (assumes) assumesProblems(assumes, report);
}

function checkText({ root, report }: CharmDocument, key: string): void {
  const node = nodeAt(root, key);
  if (!node || isEmpty(node))
    report(
      'metadata-missing',
      node ? entryOf(root, key) : undefined,
      `\`${key}\` is missing`,
      `Add \`${key}: ...\`.`,
    );
  else if (ofKind(report, 'metadata-type', root, key, 'text') && textOf(node)?.trim() === '')
    report(
      'metadata-empty',
      node,
      `\`${key}\` is empty; Juju takes it, the store does not`,
      'Write a sentence.',
    );
}

const windows2012 = ['win2012', 'win2012hv'];

function checkSeries({ root, report }: CharmDocument, runsOnNode: boolean): void {
  const series = ofKind(report, 'metadata-type', root, 'series', 'list');
  for (const node of itemsOf(series)) {
    const text = textOf(node);
    if (text === undefined || !seriesName.test(text))
      report('metadata-series', node, 'this is not a valid series', 'Name one: jammy, win2019.');
    else if (/^win(2022|2025)/.test(text))
      report(
        'metadata-series',
        node,
        `no Juju has the series ${text}`,
        'Use a charm for Ubuntu that manages Windows from there (oriel: the flavour proxy).',
      );
    else if (runsOnNode && windows2012.includes(text))
      report(
        'metadata-series-node',
        node,
        `Node.js 20 does not run on ${text}`,
        'Use the proxy charm for Windows Server 2012; it manages it from Ubuntu.',
        'warning',
      );
  }
}

/** Whether manifest.yaml is there, or will be: charmcraft writes it for what a project is built for. */
function hasBases({ tree, document }: CharmSubject): boolean {
  const project = isProject(tree) ? document('charmcraft.yaml')?.root : undefined;
  return (
    document('manifest.yaml') !== undefined ||
    ['platforms', 'bases', 'base'].some((key) => entryOf(project, key) !== undefined)
  );
}

/** What makes a charm one of the first format, and what of the second: a mixture is refused. */
function checkVersions({ root, report }: CharmDocument, isBased: boolean): void {
  const first = ['series', 'deployment', 'min-juju-version']
    .map((key) => entryOf(root, key))
    .find((entry) => entry);
  const second = ['containers', 'assumes', 'charm-user']
    .map((key) => entryOf(root, key))
    .find((entry) => entry);
  if (first && second)
    report(
      'metadata-format',
      second,
      `\`${second.key}\` and \`${first.key}\` do not go together: the one is of charms with bases, the other of charms with series`,
      `Delete \`${first.key}\`, or \`${second.key}\`.`,
    );
  else if (second && !isBased)
    report(
      'metadata-format',
      second,
      `\`${second.key}\` needs bases in manifest.yaml`,
      'Add manifest.yaml with bases; charmcraft writes it.',
    );
  else if (!isBased && !entryOf(root, 'series'))
    report(
      'metadata-no-base',
      undefined,
      'it has neither series nor a manifest.yaml with bases',
      'Add manifest.yaml with bases: Juju 3 and later refuse a charm without.',
    );
}

function checkValues({ root, report }: CharmDocument): void {
  const version = nodeAt(root, 'min-juju-version');
  if (version && !/^\d+\.\d+(\.|-[a-z]+)\d+(\.\d+)?$/.test(textOf(version) ?? ''))
    report(
      'metadata-min-juju-version',
      version,
      'this is not a version of Juju',
      'Write three numbers: 2.9.0.',
    );
  const user = nodeAt(root, 'charm-user');
  if (user && !['root', 'sudoer', 'non-root'].includes(textOf(user) ?? ''))
    report(
      'metadata-charm-user',
      user,
      '`charm-user` has to be root, sudoer or non-root',
      'Name one of them.',
    );
}

function checkExtraBindings({ root, report }: CharmDocument): void {
  const bindings = entryOf(root, 'extra-bindings');
  if (bindings?.value.kind !== 'map') return;
  if (bindings.value.entries.length === 0)
    report('metadata-extra-bindings', bindings, '`extra-bindings` is empty', 'Name one, or delete the key.');
  for (const entry of bindings.value.entries) {
    if (!isEmpty(entry.value))
      report(
        'metadata-extra-bindings',
        entry,
        `\`${entry.key}\` has a value`,
        'Write nothing behind its colon.',
      );
    for (const role of ['provides', 'requires', 'peers'])
      if (entryOf(nodeAt(root, role), entry.key))
        report(
          'metadata-extra-bindings',
          entry,
          `\`${entry.key}\` is an endpoint below \`${role}\``,
          'An endpoint can be bound anyway; delete it here.',
        );
  }
}

/** The names in a section of metadata.yaml. */
export function namesIn(document: CharmDocument | undefined, section: string): readonly string[] {
  return entriesOf(nodeAt(document?.root, section)).map(({ key }) => key);
}

/** Whether a charm is one for Windows. */
export function isForWindows(subject: CharmSubject): boolean {
  const series = itemsOf(nodeAt(subject.document('metadata.yaml')?.root, 'series'));
  return series.some((node) => isOf(node, 'text') && textOf(node)?.startsWith('win'));
}
