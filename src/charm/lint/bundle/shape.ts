import {
  entriesOf,
  entryOf,
  isEmpty,
  nodeAt,
  textOf,
  type YamlEntry,
  type YamlNode,
} from '../../yaml/node.ts';
import type { Report } from '../finding.ts';
import { applicationName, isOf, mapsOf, ofKind, seriesName, unknownKeys } from '../shape.ts';
import { checkConstraints, checkValues } from './application-values.ts';
import { checkCharm } from './charm-name.ts';
import type { BundleDocument } from './model.ts';
import { isBase, isOfferUrl } from './values.ts';

const top = [
  'bundle',
  'applications',
  'machines',
  'saas',
  'series',
  'default-base',
  'relations',
  'tags',
  'description',
];
/** Bundles put anchors below these; Juju ignores them, as is meant. */
const topOthers = ['name', 'variables', 'comment', 'docs', 'issues', 'source', 'website', 'type'];
const overlayOnly = ['exposed-endpoints', 'offers'];
const ofApplication = [
  ...[
    'charm',
    'channel',
    'revision',
    'series',
    'base',
    'resources',
    'num_units',
    'scale',
    'to',
    'placement',
    'expose',
  ],
  ...[
    'options',
    'annotations',
    'constraints',
    'storage',
    'devices',
    'bindings',
    'plan',
    'trust',
    ...overlayOnly,
  ],
];
const ofMachine = ['constraints', 'annotations', 'series', 'base'];

/** One document by itself: keys, types, and what stands in values. */
export function checkShape(document: BundleDocument, report: Report, isOverlay: boolean): void {
  const { root } = document;
  unknownKeys(report, 'bundle-unknown-key', root, [...top, ...topOthers]);
  for (const key of ['applications', 'machines', 'saas']) ofKind(report, 'bundle-type', root, key, 'map');
  ofKind(report, 'bundle-type', root, 'relations', 'list');
  const kind = nodeAt(root, 'bundle');
  if (kind && !isEmpty(kind) && !['', 'kubernetes'].includes(textOf(kind) ?? '?'))
    report(
      'bundle-kind',
      kind,
      '`bundle` has to be kubernetes',
      'Delete the key, or write `bundle: kubernetes`.',
    );
  if (textOf(kind) === 'kubernetes' && entryOf(root, 'machines'))
    report(
      'bundle-kind',
      entryOf(root, 'machines'),
      'a bundle for Kubernetes has no machines',
      'Delete `machines`.',
    );
  checkBases(root, report, 'default-base');
  for (const entry of entriesOf(nodeAt(root, 'applications')))
    checkApplication(document, entry, report, isOverlay);
  for (const entry of entriesOf(nodeAt(root, 'machines'))) checkMachine(entry, report);
  for (const entry of mapsOf(report, 'bundle-saas', nodeAt(root, 'saas'))) checkSaas(entry, report);
}

function checkBases(map: YamlNode, report: Report, key: 'default-base' | 'base'): void {
  const base = nodeAt(map, key);
  if (base && !isEmpty(base) && !isBase(textOf(base) ?? ''))
    report('bundle-base', base, 'this is not a base', 'Write `ubuntu@24.04/stable`.');
  const series = nodeAt(map, 'series');
  if (series && !isEmpty(series) && !seriesName.test(textOf(series) ?? ''))
    report('bundle-series', series, 'this is not a series', 'Write `jammy`, or a base for Juju 3 and later.');
}

const kinds = [
  ...(['num_units', 'scale', 'revision'] as const).map((key) => [key, 'int'] as const),
  ...(['expose', 'trust'] as const).map((key) => [key, 'boolean'] as const),
  ...(['options', 'annotations', 'storage', 'devices', 'bindings', 'resources'] as const).map(
    (key) => [key, 'map'] as const,
  ),
  ...(['constraints', 'channel', 'charm'] as const).map((key) => [key, 'text'] as const),
  ['to', 'list'],
] as const;

function checkApplication(
  document: BundleDocument,
  entry: YamlEntry,
  report: Report,
  isOverlay: boolean,
): void {
  const { key, value } = entry;
  if (!applicationName.test(key))
    report(
      'application-name',
      entry,
      `\`${key}\` is not a valid name of an application`,
      'Use small letters, digits and hyphens; no part of digits alone.',
    );
  if (value.kind !== 'map') {
    if (!isOverlay)
      report(
        'application-empty',
        entry,
        `application \`${key}\` has no keys`,
        'Give it a charm; only in an overlay does this remove one.',
      );
    return;
  }
  unknownKeys(report, 'application-unknown-key', value, ofApplication);
  if (!isOverlay)
    for (const one of overlayOnly)
      if (entryOf(value, one))
        report(
          'overlay-only',
          entryOf(value, one),
          `\`${one}\` can only stand in an overlay`,
          'Move it to a second document (`---`) or to an overlay file.',
        );
  for (const [name, kind] of kinds) ofKind(report, 'application-type', value, name, kind);
  checkBases(value, report, 'base');
  checkValues(document, value, report);
  if (!isOverlay || entryOf(value, 'charm')) checkCharm(document, entry, value, report);
}

function checkMachine(entry: YamlEntry, report: Report): void {
  const { key, value } = entry;
  if (!/^(0|[1-9]\d*)$/.test(key))
    report('machine-id', entry, `\`${key}\` is not the number of a machine`, 'Write a number: `"0"`.');
  if (value.kind !== 'map') return;
  unknownKeys(report, 'machine-unknown-key', value, ofMachine);
  checkConstraints(value, report);
  checkBases(value, report, 'base');
}

function checkSaas(entry: YamlEntry, report: Report): void {
  unknownKeys(report, 'saas-unknown-key', entry.value, ['url']);
  const url = textOf(nodeAt(entry.value, 'url')) ?? '';
  if (!isOf(nodeAt(entry.value, 'url'), 'text') || !isOfferUrl(url))
    report(
      'saas-url',
      entry,
      `\`${url}\` is not the URL of an offer`,
      'Write `[controller:][user/]model.offer`.',
    );
}
