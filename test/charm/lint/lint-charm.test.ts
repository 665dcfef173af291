import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTree } from '../../../src/charm/archive/open-tree.ts';
import { zipCharm } from '../../../src/charm/build/archive.ts';
import { charmFiles } from '../../../src/charm/build/build-charm.ts';
import { lintCharm } from '../../../src/charm/lint/charm/lint-charm.ts';
import { describeFinding, type LintFinding } from '../../../src/charm/lint/finding.ts';
import { charmFlavours } from '../../../src/charm/model/charm.ts';
import { toCharm } from '../../../src/charm/model/to-charm.ts';
import { components } from '../../../src/components/index.ts';
import { clock } from '../../fixtures/components/clock/index.ts';
import { againstCases } from './against-cases.ts';
import { charmCases } from './charm-cases.ts';
import { goodCharm, project, projectOfFiles, windowsCharm } from './good-charm.ts';
import { type Files, fileOf, replaced, treeOf } from './tree-of.ts';

const short = ({ rule, file, line }: LintFinding) =>
  `${rule} ${file.replace(/^x[/:]/, '')}${line === undefined ? '' : `:${line}`}`;
const found = (files: Files, old?: Files) => lintCharm(treeOf(files), old && treeOf(old)).map(short);

describe('a charm without errors has no findings', () => {
  test.each([
    ['for Linux', goodCharm],
    ['for Windows', windowsCharm],
    ['as a project', project],
    ['as a project of several files', projectOfFiles],
  ])('%s', (_, files) => expect(found(files)).toEqual([]));

  test.each(
    [...components, clock].flatMap((one) =>
      charmFlavours.map((flavour) => [one.name, flavour, one] as const),
    ),
  )('of %s, %s, as we build it', async (_, flavour, component) => {
    const folder = mkdtempSync(join(tmpdir(), 'oriel-lint-'));
    try {
      writeFileSync(join(folder, 'oriel.cjs'), '');
      const files = await charmFiles(toCharm(component, flavour), join(folder, 'oriel.cjs'));
      writeFileSync(join(folder, 'x.charm'), zipCharm(files, 0));
      expect(lintCharm(openTree(join(folder, 'x.charm'))).map(describeFinding)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('one mistake in a charm is one finding', () => {
  test.each(charmCases)('%s', (expected, files) => expect(found(files)).toEqual([expected]));

  test('each says what to do', () => {
    for (const [, files] of charmCases)
      for (const { message, remedy } of lintCharm(treeOf(files))) {
        expect(message).not.toMatch(/undefined|\.$/);
        expect(remedy).toMatch(/[.?]$/);
      }
  });
});

describe('an archive', () => {
  const good = Object.entries(goodCharm).map(
    ([path, text]) => [path, { data: Buffer.from(String(text)), executable: path === 'dispatch' }] as const,
  );

  function opened(change: (zip: Buffer) => void = () => {}) {
    const folder = mkdtempSync(join(tmpdir(), 'oriel-lint-'));
    const zip = Buffer.from(zipCharm(new Map(good), 0));
    change(zip);
    writeFileSync(join(folder, 'x.charm'), zip);
    try {
      return openTree(join(folder, 'x.charm'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  /** Another name of the same length, everywhere. */
  const renamed = (from: string, to: string) => (zip: Buffer) => {
    for (let at = zip.indexOf(from); at >= 0; at = zip.indexOf(from, at + 1)) zip.write(to, at);
  };

  test('with all that Juju needs has no findings', () => expect(lintCharm(opened())).toEqual([]));

  test.each([
    ['../ME.md', 'leads out of the charm'],
    ['/EADME.md', 'is an absolute path'],
    ['a\\ADME.md', 'has backslashes'],
    ['icon.svgX', undefined],
  ])('with the name %s', (name, why) => {
    const padded = name.padEnd('README.md'.length, 'x');
    const tree = opened(renamed('README.md', padded));
    expect(tree.badNames).toEqual(why ? [{ name: padded, why }] : []);
    expect(lintCharm(tree).some(({ rule }) => rule === 'file-name')).toBe(why !== undefined);
  });

  test('that should be a resource is told by its size', () => {
    const large = { ...fileOf(''), bytes: 100_000_001 };
    expect(lintCharm(treeOf({ ...goodCharm, data: large }, 'archive')).map(short)).toEqual(['size ']);
  });

  test('that is none is refused, with its name', () => {
    expect(() => opened((zip) => zip.fill(0))).toThrow('it is not a zip archive');
  });
});

describe('situation 1: a bundle in a charm', () => {
  const bundle = { 'bundle.yaml': 'applications: {}\n' };

  test('is found in a directory and in an archive', () => {
    expect(found({ ...goodCharm, ...bundle })).toEqual(['bundle-in-charm bundle.yaml']);
    expect(lintCharm(treeOf({ ...goodCharm, ...bundle }, 'archive')).map(short)).toEqual([
      'bundle-in-charm bundle.yaml',
    ]);
  });

  test('is found in a project that would pack it, and not in one that would not', () => {
    expect(found({ ...project, ...bundle })).toEqual([]);
    const all = replaced(String(project['charmcraft.yaml']), '[dispatch, README.md]', '["*"]');
    expect(found({ ...project, ...bundle, 'charmcraft.yaml': all })).toEqual(['bundle-in-charm bundle.yaml']);
  });
});

describe('situation 2: what a refresh changes', () => {
  test.each(againstCases)('%s', (expected, files) => expect(found(files, goodCharm)).toEqual([expected]));

  test('a series that is gone', () => {
    const less = replaced(String(windowsCharm['metadata.yaml']), 'win2016, win2019', 'win2019');
    expect(found({ ...windowsCharm, 'metadata.yaml': less }, windowsCharm)).toEqual([
      'against-series metadata.yaml:4',
    ]);
  });

  test('the same charm changes nothing', () => expect(found(goodCharm, goodCharm)).toEqual([]));
});
