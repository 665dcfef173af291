import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const shipped = [
  ...['package.json', 'tsconfig.json', 'tsconfig.library.json', 'README.md', 'LICENSE'],
  ...['src', 'scripts', 'agent', 'msi', 'templates'],
];

const consumer = `// @ts-check
import { BuildError, ModelError, buildMsi, installedFiles, lintPackage, propertiesOf, readMsi } from 'oriel/msi';

/** @type {import('oriel/msi').MsiModel} */
const model = {
  name: 'Example Library',
  manufacturer: 'Example Ltd',
  version: '1.2.3',
  upgradeCode: '{3D3F0A52-8C1B-4C7E-9E59-6A4B0F7C2D11}',
  installDirectory: ['Example', 'Library'],
  files: [{ source: 'generated', target: 'readme.txt', content: Buffer.from('hello') }],
  directories: [],
  services: [],
  properties: [{ name: 'INTERVAL', value: '5', remember: true }],
  launchConditions: [],
  actions: [{ name: 'A', call: { property: 'X', value: '1' }, place: { after: 'CostFinalize' } }],
  epoch: 1767225600,
};
/** @type {number[]} */
const progress = [];
const artifact = await buildMsi(model, 'out/library.msi', { emit: ({ done }) => progress.push(done), level: 9 });
const database = readMsi(artifact.path);
const [file] = installedFiles(database);
const error = await buildMsi({ ...model, version: 'x' }, 'out/never.msi').catch((reason) => reason);
console.log(JSON.stringify({
  name: propertiesOf(database).get('ProductName'),
  path: file?.path,
  findings: lintPackage(database),
  progress: progress.at(-1),
  rows: database.tables.get('File')?.rows.length,
  isModelError: error instanceof ModelError && error instanceof BuildError,
  problems: error instanceof ModelError ? error.problems.map(({ path }) => path) : [],
}));
database.close();
`;

describe('the compiler as a library, from the tarball that npm makes', () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'oriel-library-'));
    // In a copy: other tests run the program that lies in dist.
    const copy = join(home, 'source');
    for (const name of shipped) cpSync(name, join(copy, name), { recursive: true });
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
    execFileSync('npm', ['pack', '--silent', '--pack-destination', home], { cwd: copy, stdio: 'ignore' });
    const installed = join(home, 'node_modules', 'oriel');
    mkdirSync(installed, { recursive: true });
    const tarball = join(home, `oriel-${JSON.parse(readFileSync('package.json', 'utf8')).version}.tgz`);
    execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
    // The one thing that its types need.
    symlinkSync(resolve('node_modules/@types'), join(home, 'node_modules', '@types'));
    writeFileSync(join(home, 'consumer.mjs'), consumer);
    writeFileSync(join(home, 'consumer.cjs'), "console.log(typeof require('oriel/msi').buildMsi);\n");
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const node = (file: string) =>
    execFileSync(process.execPath, [join(home, file)], { cwd: home, encoding: 'utf8' });

  test('builds, reads and reports by its name', () => {
    expect(JSON.parse(node('consumer.mjs'))).toEqual({
      name: 'Example Library',
      path: 'ProgramFiles64Folder/Example/Library/readme.txt',
      findings: [],
      progress: 5,
      rows: 1,
      isModelError: true,
      problems: [['version']],
    });
    expect(node('consumer.cjs').trim()).toBe('function');
  });

  test('has types that hold without any other package', () => {
    const flags = [
      '--noEmit',
      '--checkJs',
      '--allowJs',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--types',
      'node',
    ];
    const modules = ['--module', 'nodenext', '--target', 'es2023'];
    const check = (text: string) => {
      writeFileSync(join(home, 'typed.mjs'), text);
      const tsc = resolve('node_modules/.bin/tsc');
      return execFileSync(tsc, [...flags, ...modules, '--ignoreConfig', 'typed.mjs'], {
        cwd: home,
        encoding: 'utf8',
      });
    };
    expect(check(consumer)).toBe('');
    expect(() => check(consumer.replace("value: '5'", 'value: 5'))).toThrow();
  });
});
