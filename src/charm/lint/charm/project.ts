import { entriesOf, entryOf, isEmpty, itemsOf, kindOf, nodeAt, textOf } from '../../yaml/node.ts';
import { unknownKeys } from '../shape.ts';
import { isProject } from './files.ts';
import type { CharmDocument, CharmSubject } from './subject.ts';

/** Keys of metadata.yaml that charmcraft 4 takes here; they may not stand in both. */
const ofMetadata = [
  'name',
  'summary',
  'description',
  'assumes',
  'containers',
  'devices',
  'extra-bindings',
  'peers',
  'provides',
  'requires',
  'resources',
  'storage',
  'subordinate',
  'terms',
];
/** Keys of metadata.yaml that it refuses here. */
const refused = ['maintainer', 'maintainers', 'series', 'tags', 'docs', 'min-juju-version'];
/** Keys of charmcraft 4; it refuses all others. */
const keys = [
  ...ofMetadata,
  ...['type', 'title', 'parts', 'platforms', 'bases', 'base', 'build-base', 'links'],
  ...['charm-user', 'config', 'actions', 'charmhub', 'charm-libs', 'analysis', 'version', 'adopt-info'],
  ...['charm-binary-python-packages', 'charm-requirements', 'environment', 'contact', 'issues'],
  ...['source-code', 'website', 'icon', 'license', 'extensions'],
];
const pythonWords = [
  'and',
  'as',
  'assert',
  'async',
  'await',
  'break',
  'class',
  'continue',
  'def',
  'del',
  'elif',
  'else',
  'except',
  'finally',
  'for',
  'from',
  'global',
  'if',
  'import',
  'in',
  'is',
  'lambda',
  'nonlocal',
  'not',
  'or',
  'pass',
  'raise',
  'return',
  'try',
  'while',
  'with',
  'yield',
];

/** charmcraft.yaml of a project. */
export function checkProject(subject: CharmSubject): void {
  const document = isProject(subject.tree) ? subject.document('charmcraft.yaml') : undefined;
  if (!document) return;
  const { root, report } = document;
  const type = nodeAt(root, 'type');
  if (!type || isEmpty(type)) report('project-type', undefined, '`type` is missing', 'Add `type: charm`.');
  else if (textOf(type) === 'bundle')
    report('project-type', type, 'charmcraft 4 packs no bundles', 'Deploy the bundle file itself.');
  else if (textOf(type) !== 'charm')
    report('project-type', type, '`type` has to be charm', 'Write `type: charm`.');
  for (const entry of entriesOf(root))
    if (refused.includes(entry.key))
      report(
        'project-key',
        entry,
        `charmcraft refuses \`${entry.key}\` here`,
        entry.key === 'series' ? 'Name platforms instead.' : 'Move it to metadata.yaml, or use `links`.',
      );
  unknownKeys(report, 'project-key', root, [...keys, ...refused]);
  checkPlatforms(document);
  checkTwice(subject, document);
  for (const { key, at } of entriesOf(nodeAt(root, 'actions')))
    if (pythonWords.includes(key))
      report(
        'project-action',
        { at },
        `charmcraft refuses the action name \`${key}\`: it is a word of Python`,
        'Give it another name.',
      );
}

function checkPlatforms({ root, report }: CharmDocument): void {
  const [platforms, bases, parts] = ['platforms', 'bases', 'parts'].map((key) => entryOf(root, key));
  if (!platforms && !bases)
    report(
      'project-platforms',
      undefined,
      'it names neither platforms nor bases',
      'Add `platforms:` with `ubuntu@24.04:amd64:` below it.',
    );
  else if (platforms && bases)
    report('project-platforms', bases, '`bases` and `platforms` do not go together', 'Delete `bases`.');
  if (platforms && !parts)
    report(
      'project-parts',
      platforms,
      'a charm with platforms needs parts',
      'Add `parts:` with a part of plugin dump.',
    );
  for (const entry of entriesOf(platforms?.value))
    if (/windows|win20/.test(entry.key))
      report(
        'project-platforms',
        entry,
        'charmcraft builds for no Windows',
        'Build a charm for Windows by `oriel charm build --flavour native`.',
      );
  for (const base of itemsOf(bases?.value)) {
    const channel = nodeAt(base, 'channel');
    if (channel && !isEmpty(channel) && textOf(channel) === undefined)
      report('project-platforms', channel, `the channel is ${kindOf(channel)}`, 'Write it in quotes.');
  }
}

/** A key may stand in charmcraft.yaml or in the file that charmcraft makes of it, not in both. */
function checkTwice(subject: CharmSubject, { root, report }: CharmDocument): void {
  const { entries } = subject.tree;
  for (const [key, file] of [
    ['config', 'config.yaml'],
    ['actions', 'actions.yaml'],
  ] as const)
    if (entryOf(root, key) && entries.has(file))
      report(
        'project-twice',
        entryOf(root, key),
        `\`${key}\` is here, and ${file} is there as well; charmcraft refuses both`,
        `Delete ${file}.`,
      );
  const metadata = subject.document('metadata.yaml');
  if (!metadata) return;
  for (const key of ofMetadata)
    if (entryOf(root, key))
      report(
        'project-twice',
        entryOf(root, key),
        `\`${key}\` is here, and metadata.yaml is there as well; charmcraft refuses both`,
        'Keep all of it in one of the two files.',
      );
}
