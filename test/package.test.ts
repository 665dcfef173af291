import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verbs } from '../src/commands/index.ts';
import { whole } from './extent.ts';

const shipped = [
  ...['package.json', 'tsconfig.json', 'tsconfig.library.json', 'README.md', 'LICENSE'],
  ...['src', 'scripts', 'agent', 'msi', 'templates', 'docs', 'examples', 'CHANGELOG.md', 'SECURITY.md'],
  ...['oriel.schema.json', 'product.schema.json'],
  ...['charms'].filter((name) => existsSync(name)),
];

let home: string;
/** The folder of the package, as npm installs it from its tarball, without a network. */
let installed: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'oriel-package-'));
  // In a copy: other tests run the program that lies in dist.
  const copy = join(home, 'source');
  for (const name of shipped) cpSync(name, join(copy, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', home], { cwd: copy, stdio: 'ignore' });
  const tarball = join(home, `oriel-${JSON.parse(readFileSync('package.json', 'utf8')).version}.tgz`);
  writeFileSync(join(home, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], {
    cwd: home,
    stdio: 'pipe',
  });
  installed = join(home, 'node_modules', 'oriel');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

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
  beforeAll(() => {
    // The one thing that its types need.
    symlinkSync(resolve('node_modules/@types'), join(home, 'node_modules', '@types'));
    writeFileSync(join(home, 'consumer.mjs'), consumer);
    writeFileSync(join(home, 'consumer.cjs'), "console.log(typeof require('oriel/msi').buildMsi);\n");
  });

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

describe('the package', () => {
  const manifest = () => JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const files = (): readonly string[] => {
    const names = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => statSync(join(installed, name)).isFile())
      .map((name) => name.replaceAll('\\', '/'));
  };
  const oriel = (folder: string, ...args: readonly string[]) =>
    execFileSync(join(home, 'node_modules', '.bin', 'oriel'), args, {
      cwd: folder,
      encoding: 'utf8',
      // Nothing of this machine: no files of the user, no programs beside those of the system.
      env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: folder, TMPDIR: tmpdir() },
    });
  const aFolder = (name: string): string => {
    mkdirSync(join(home, name));
    return join(home, name);
  };

  test('stands alone: no dependency, nothing that runs when it is installed, at most 8 MB', () => {
    expect(
      readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.') && name !== '@types'),
    ).toEqual(['oriel']);
    const { dependencies, optionalDependencies, scripts } = manifest();
    expect({ dependencies, optionalDependencies }).toEqual({});
    for (const script of ['preinstall', 'install', 'postinstall']) expect(scripts).not.toHaveProperty(script);
    const bytes = files().reduce((sum, name) => sum + statSync(join(installed, name)).size, 0);
    expect(bytes).toBeLessThan(8_000_000);
  });

  test('has what belongs to it, and no pictures', () => {
    const all = files();
    expect(all).toEqual(
      expect.arrayContaining([
        ...[
          'LICENSE',
          'README.md',
          'dist/licences.txt',
          'docs/reference/command-line.md',
          'examples/minimal.yaml',
        ],
        ...[
          'oriel.schema.json',
          'product.schema.json',
          'docs/reference/schemas/plan.schema.json',
          'docs/reference/schemas/event.schema.json',
        ],
        ...['dist/completions/oriel.bash', 'dist/completions/_oriel', 'dist/man/oriel-apply.1'],
        'src/sandbox/powershell/modules/SmbShare/cmdlets.json',
      ]),
    );
    expect(all.filter((name) => /\.(png|jpe?g|gif|node)$|\.test\./.test(name))).toEqual([]);
  });

  test('has the licence of each package that is in its program', () => {
    const licences = readFileSync(join(installed, 'dist/licences.txt'), 'utf8');
    const bundled = [
      'commander',
      'zod',
      'js-yaml',
      'handlebars',
      'ssh2',
      'zx',
      'saxes',
      'xmlchars',
      'tweetnacl',
    ];
    for (const name of bundled) expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+`, 'm'));
  });

  test('begins with a site that validates', () => {
    const folder = aFolder('begin');
    expect(oriel(folder, 'init')).toContain('site.yaml: written');
    expect(oriel(folder, 'validate', '--no-secrets')).toContain('site.yaml: ok');
  });

  const names = [...new Set(verbs.map(({ name }) => name))].filter((name) => name !== 'charm');
  test.each(whole ? names : ['apply', 'msi'])('has the help of %s', (name) => {
    expect(oriel(home, name, '--help')).toContain(`Usage: oriel ${name}`);
  });

  test('starts a sandbox', () => {
    const folder = aFolder('sandbox');
    const where = ['--directory', join(folder, 'sandbox')];
    try {
      const up = oriel(
        folder,
        'sandbox',
        'up',
        '--simulated',
        '--nodes',
        '1',
        '--address',
        '127.77.0.2',
        ...where,
      );
      expect(up).toMatch(/^up: /);
    } finally {
      oriel(folder, 'sandbox', 'down', '--purge', ...where);
    }
  });
});
