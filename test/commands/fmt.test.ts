import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { siteFile } from '../../src/site/grammar/site-file.ts';
import { laidOut } from '../../src/site/yaml/layout.ts';
import { plain } from '../../src/site/yaml/located.ts';
import { parseYaml } from '../../src/site/yaml/yaml.ts';
import { oriel } from './workspace.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-fmt-'));
afterAll(() => rmSync(folder, { recursive: true }));

const dataOf = (text: string) => {
  const { root } = parseYaml({ file: 'x', text }, siteFile);
  return root && plain(root);
};

const untidy = `# top


a:
- x: 1${'   '}
  y: 2
# of the next
-   z:
        - 1
# of b
b:
      c: |
           text${'  '}
             more

      d: >-
            folded
      # not set: 2
e: { f: 1,
     g: [ 'it', "s # no" ] }
h: "a

   b"
i: it's # a comment

`;

const tidy = `# top

a:
  - x: 1
    y: 2
  # of the next
  - z:
      - 1
# of b
b:
  c: |
    text${'  '}
      more

  d: >-
    folded
  # not set: 2
e: { f: 1,
     g: [ 'it', "s # no" ] }
h: "a

   b"
i: it's # a comment
`;

describe('the layout of a YAML file', () => {
  test('has two blanks for a level, and keeps comments, order and texts of several lines', () => {
    expect(laidOut(untidy)).toBe(tidy);
    expect(laidOut(tidy)).toBe(tidy);
    expect(laidOut(`\ufeff${untidy.replaceAll('\n', '\r\n')}`)).toBe(tidy);
  });

  const files = ['examples', 'examples/broken', 'test/cases/render', 'test/cases/site', 'test/cases/product'];
  const all = files.flatMap((place) =>
    readdirSync(place).flatMap((name) => (name.endsWith('.yaml') ? [join(place, name)] : [])),
  );
  test.each(all)('%s says the same in it', (file) => {
    const text = readFileSync(file, 'utf8');
    // What the file says, at other columns too: three blanks a level, and lists at the column of their key.
    const wide = text.replace(/^( {2})+(?=\S)/gm, (blanks) => ' '.repeat((blanks.length / 2) * 3));
    for (const one of [text, wide].filter((each) => dataOf(each) !== undefined)) {
      const laid = laidOut(one);
      expect(dataOf(laid)).toEqual(dataOf(one));
      expect(laidOut(laid)).toBe(laid);
    }
  });
});

describe('oriel fmt (ux row 24)', () => {
  const site = join(folder, 'site.yaml');

  test('names what would change, and writes it where that is asked for', async () => {
    writeFileSync(site, untidy);
    chmodSync(site, 0o640);
    const link = join(folder, 'link.yaml');
    symlinkSync('site.yaml', link);
    expect(await oriel('fmt', '--check', site)).toEqual({ code: 3, text: `${site}: not formatted` });
    expect(readFileSync(site, 'utf8')).toBe(untidy);
    expect(await oriel('fmt', link)).toEqual({ code: 0, text: `${link}: formatted` });
    expect(readFileSync(site, 'utf8')).toBe(tidy);
    expect(statSync(site).mode & 0o777).toBe(0o640);
    expect(await oriel('fmt', '--check', site, link)).toMatchObject({ code: 0 });
    expect(readdirSync(folder).sort()).toEqual(['link.yaml', 'site.yaml']);
  });

  test('writes nothing where one of the files is not YAML, or would say something else', async () => {
    writeFileSync(site, untidy);
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, 'a: [1\n');
    expect(await oriel('fmt', site, broken)).toMatchObject({
      code: 2,
      text: expect.stringContaining(`${broken}:2:1: this is not YAML`),
    });
    // Blank lines that a text keeps at its end.
    writeFileSync(broken, 'a: |+\n  x\n\n\n');
    expect(await oriel('fmt', broken)).toMatchObject({
      code: 2,
      text: expect.stringContaining('cannot be formatted without changing what it says'),
    });
    expect(readFileSync(broken, 'utf8')).toBe('a: |+\n  x\n\n\n');
    expect(readFileSync(site, 'utf8')).toBe(untidy);
  });
});
