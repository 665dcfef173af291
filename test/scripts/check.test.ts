import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { staleFiles } from '../../scripts/check/generated.ts';
import { registriesIn } from '../../scripts/check/host-names.ts';
import { rootsSpelled, strangers, tenantLines } from '../../scripts/check/one-house.ts';
import { size } from '../../scripts/check/size.ts';
import { retiredIn, statusWordTable } from '../../scripts/check/status-words.ts';
import { run } from '../../src/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('generated files', () => {
  writeFileSync(join(folder, 'page.md'), 'made\n');
  writeFileSync(join(folder, 'data.json'), '{"a": [1]}\n');

  it.each([
    ['page.md', 'made\n', 0],
    ['page.md', 'made otherwise\n', 1],
    ['data.json', '{\n  "a": [\n    1\n  ]\n}', 0],
    ['data.json', '{"a": [2]}', 1],
    ['missing.md', 'made\n', 1],
  ])('%s against %j', (file, made, count) => {
    expect(staleFiles(folder, [{ file, generate: () => made }])).toHaveLength(count);
  });
});

describe('host names of registries', () => {
  const host = ['registry', 'npmjs', 'org'].join('.');

  it('are found with their line', () => {
    const found = registriesIn('a.txt', `one\n"resolved": "https://${host}/x"\n`);
    expect(found).toMatchObject([{ file: 'a.txt', line: 2 }]);
  });

  it('are not seen in other names', () => {
    expect(registriesIn('a.txt', `my${host} ${host}-mirror docs.python.org`)).toEqual([]);
  });
});

describe('status words', () => {
  it('are found where a retired word stands in their place, with line and better word', () => {
    const found = retiredIn('a.ts', 'one\nit is as wanted\nit is in sync\n');
    expect(found).toEqual([{ file: 'a.ts', line: 2, message: 'as wanted: the word is in sync' }]);
  });

  it('are those of the glossary', () => {
    expect(statusWordTable()).toContain('| verdict of a check | `pass`, `warn`, `fail`, `skip` |');
    expect(statusWordTable()).toContain('| end of a run | `done`, `failed`, `declined`, `interrupted` |');
  });
});

describe('components', () => {
  const text = "one\nconst glance = 'Glance';\n";

  it('are imported by the registry alone', () => {
    const [own, other] = ['src/components/glance/a.ts', 'src/deploy/b.ts'];
    const graph = new Map([
      ['src/components/index.ts', [own]],
      ['src/components/glance/c.ts', [own]],
      [other, [own, 'src/errors.ts']],
    ]);
    expect(strangers(graph)).toMatchObject([{ file: other }]);
  });

  it('are named elsewhere no oftener than agreed, each with its line', () => {
    const files = ['src/a.ts', 'src/components/glance/b.ts', 'src/c.ts'].map((file) => ({ file, text }));
    expect(tenantLines(files, 2)).toEqual([]);
    expect(tenantLines(files, 1)).toMatchObject([
      { file: 'src/a.ts', line: 2 },
      { file: 'src/c.ts', line: 2 },
    ]);
  });

  it('take the folder of oriel from one place', () => {
    const spelled = "a\nconst place = 'C:\\\\ProgramData\\\\oriel\\\\x';\n";
    const files = ['src/windows-root.ts', 'src/b.ts'].map((file) => ({ file, text: spelled }));
    expect(rootsSpelled(files)).toMatchObject([{ file: 'src/b.ts', line: 2 }]);
  });
});

describe('sizes', () => {
  it('of files and functions have their limits, a file may say why it is longer', async () => {
    const root = join(import.meta.dirname, '..', '..');
    const repository = join(folder, 'sizes');
    await run('git', ['init', '--quiet', repository]);
    await run('mkdir', ['src', 'scripts'], { cwd: repository });
    await run('ln', ['-s', join(root, 'node_modules'), 'node_modules'], { cwd: repository });
    const lines = (count: number): string => 'export {};\n'.repeat(count);
    writeFileSync(join(repository, 'src', 'short.ts'), lines(250));
    writeFileSync(join(repository, 'src', 'long.ts'), lines(251));
    writeFileSync(
      join(repository, 'src', 'reason.ts'),
      `// Long: a table that is read as one.\n${lines(251)}`,
    );
    const body = '  console.log(1);\n';
    writeFileSync(
      join(repository, 'src', 'function.ts'),
      `export function f(): void {\n${body.repeat(60)}}\n`,
    );
    const found = (await size.run(repository)).map(({ file }) => file);
    expect(found.sort()).toEqual(['src/function.ts', 'src/long.ts']);
  });
});
