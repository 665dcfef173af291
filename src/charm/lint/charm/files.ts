import { posix } from 'node:path';
import type { CharmTree } from '../../archive/tree.ts';
import { itemsOf, nodeAt, textOf } from '../../yaml/node.ts';
import type { CharmSubject } from './subject.ts';

/** Bytes above which a charm holds what should be a resource: the controller keeps the archive in memory. */
const largest = 100_000_000;

/** Files of a charm, whatever is in them. */
export function checkFiles(subject: CharmSubject): void {
  checkRoot(subject);
  checkNames(subject);
  checkIgnored(subject);
  checkBundle(subject);
  checkTexts(subject);
  checkIcon(subject);
}

/** Whether a tree is the source of `charmcraft pack`. */
export function isProject(tree: CharmTree): boolean {
  return tree.kind === 'directory' && tree.entries.has('charmcraft.yaml');
}

function checkRoot({ tree, about, document }: CharmSubject): void {
  if (tree.entries.get('metadata.yaml')?.kind === 'file' || (isProject(tree) && document('charmcraft.yaml')))
    return;
  const below = [...tree.entries.keys()].find((path) => /^[^/]+\/metadata\.yaml$/.test(path));
  if (below)
    about(below)(
      'top-folder',
      undefined,
      'the charm lies in a folder of the archive; the client of Juju refuses it',
      'Pack the content of the folder, not the folder.',
    );
  else
    about('metadata.yaml')(
      'metadata-file',
      undefined,
      'metadata.yaml is missing',
      'Add it: a charm has at least name, summary and description.',
    );
}

function checkNames({ tree, about }: CharmSubject): void {
  for (const { name, why } of tree.badNames)
    about(name)('file-name', undefined, `this name ${why}`, 'Pack it by its path in the charm, once.');
  for (const [path, entry] of tree.entries) {
    if (entry.kind === 'other')
      about(path)('file-kind', undefined, 'Juju packs no socket, pipe or device', 'Delete it.');
    if (entry.kind !== 'link') continue;
    const target = entry.target ?? '';
    const end = posix.normalize(posix.join(posix.dirname(path), target));
    if (target.startsWith('/') || end === '..' || end.startsWith('../'))
      about(path)(
        'file-link',
        undefined,
        `the link leads out of the charm, to ${target}`,
        'Link to a file of the charm by a relative path, or copy it.',
      );
  }
  const bytes = [...tree.entries.values()].reduce(
    (sum, entry) => sum + (entry.kind === 'file' ? entry.bytes : 0),
    0,
  );
  if (tree.kind === 'archive' && bytes > largest)
    about('')(
      'size',
      undefined,
      `it has ${Math.round(bytes / 1e6)} MB; every unit downloads it, and the controller holds it in memory`,
      'Make packages resources.',
      'warning',
    );
}

/** What the controller takes out of every charm that it repacks. */
function checkIgnored({ tree, about }: CharmSubject): void {
  if (tree.kind === 'directory' && isProject(tree)) return;
  const taken = ['build', '.git', '.svn', '.hg', '.bzr', '.tox'];
  for (const name of tree.kind === 'archive' ? taken : ['build'])
    if ([...tree.entries.keys()].some((path) => path.startsWith(`${name}/`)))
      about(name)(
        'ignored-folder',
        undefined,
        `the controller takes ${name}/ out of every charm, also out of a packed one`,
        'Give the folder another name.',
      );
  const ignore = tree.entries.get('.jujuignore');
  if (ignore?.kind !== 'file') return;
  for (const [index, line] of ignore.read().toString('utf8').split('\n').entries()) {
    const path = line.trim().replace(/^\//, '').replace(/\/$/, '');
    if (!path || path.startsWith('#') || path.startsWith('!') || !tree.entries.has(path)) continue;
    if (
      /^(metadata\.yaml|config\.yaml|actions\.yaml|manifest\.yaml|dispatch.*|hooks.*|actions|src|lib|oriel)$/.test(
        path,
      )
    )
      about('.jujuignore')(
        'ignored-file',
        { at: { line: index + 1, column: 1 } },
        `the controller takes ${path} out of the charm, also out of a packed one`,
        'Delete this line.',
      );
  }
}

/** `juju deploy` of a charm with a bundle in it deploys the bundle. */
function checkBundle({ tree, about, document }: CharmSubject): void {
  if (!tree.entries.has('bundle.yaml')) return;
  const parts = nodeAt(document('charmcraft.yaml')?.root, 'parts');
  if (isProject(tree) && parts?.kind === 'map' && !parts.entries.some(({ value }) => isPrimed(value))) return;
  about('bundle.yaml')(
    'bundle-in-charm',
    undefined,
    'juju deploy of this charm deploys the bundle instead, without a word',
    'Move bundle.yaml elsewhere.',
  );
}

/** Whether a part packs bundle.yaml. */
function isPrimed(part: Parameters<typeof nodeAt>[0]): boolean {
  const prime = itemsOf(nodeAt(part, 'prime')).map((node) => textOf(node) ?? '');
  const isDump = textOf(nodeAt(part, 'plugin')) === 'dump';
  if (prime.length === 0) return isDump;
  return prime.some((pattern) => ['*', '**', 'bundle.yaml', '*.yaml', '.'].includes(pattern));
}

function checkTexts({ tree, about }: CharmSubject): void {
  const names = new Set([...tree.entries.keys()].map((path) => path.toLowerCase()));
  if (![...names].some((name) => /^readme(\.|$)/.test(name)))
    about('README.md')(
      'readme',
      undefined,
      'README.md is missing',
      'Say how the charm is deployed.',
      'warning',
    );
  const revision = tree.entries.get('revision');
  if (revision?.kind === 'file' && !/^\d+\s*$/.test(revision.read().toString('utf8')))
    about('revision')(
      'revision-file',
      undefined,
      'it has to hold a whole number',
      'Delete it; Juju writes its own.',
    );
  const version = tree.entries.get('version');
  if (version?.kind === 'file' && (version.read().toString('utf8').split('\n')[0] ?? '').length > 100)
    about('version')(
      'version-file',
      undefined,
      'Juju cuts a version after 100 characters',
      'Make its first line shorter.',
      'warning',
    );
}

function checkIcon({ tree, about }: CharmSubject): void {
  const icon = tree.entries.get('icon.svg');
  if (icon?.kind !== 'file') return;
  const text = icon.read().toString('utf8');
  const [, head] = /<svg\b([^>]*)>/.exec(text) ?? [];
  if (head === undefined) {
    about('icon.svg')('icon', undefined, 'this is not an SVG image', 'Save the icon as SVG.');
    return;
  }
  const size = (name: string) =>
    Number.parseFloat(new RegExp(`(?<![\\w:-])${name}\\s*=\\s*["']([^"']*)`).exec(head)?.[1] ?? '');
  const [width, height] = [size('width'), size('height')];
  const [, , boxWidth, boxHeight] = (/viewBox\s*=\s*["']([^"']*)/.exec(head)?.[1] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [w, h] = [Number.isNaN(width) ? boxWidth : width, Number.isNaN(height) ? boxHeight : height];
  if (w !== undefined && h !== undefined && w !== h)
    about('icon.svg')(
      'icon',
      undefined,
      `the icon is ${w} by ${h}; the store shows a square of 100 by 100`,
      'Make it 100 by 100.',
      'warning',
    );
}
