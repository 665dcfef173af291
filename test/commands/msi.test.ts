import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { msi } from '../../src/commands/build/msi.ts';
import { BuildError, InputError } from '../../src/errors.ts';
import { buildMsi } from '../../src/msi/build/build.ts';
import { aModel, textFile } from '../msi/a-model.ts';
import { runVerb } from './verb.ts';

const hasWixl = ['wixl', 'msiinfo'].every((tool) => spawnSync('which', [tool]).status === 0);
const ask = (...argv: readonly string[]) => runVerb(msi, ['msi', ...argv]);

let directory: string;
let first: string;
let second: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oriel-msi-verb-'));
  const files = [...aModel().files.slice(1), textFile('readme.txt', 'second\n'), textFile('added.txt')];
  first = (await buildMsi(aModel(), join(directory, 'first.msi'))).path;
  second = (
    await buildMsi(aModel({ version: '1.0.1', files: files.slice(1) }), join(directory, 'second.msi'))
  ).path;
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('oriel msi inspect', () => {
  test('says what the package is', async () => {
    const { printed, code } = await ask('inspect', first);
    expect(code).toBe(0);
    expect(printed).toMatch(/^Oriel Test 1\.0\.0 by Example Ltd$/m);
    expect(printed).toMatch(/^ {2}upgrade code {2}\{6F3B7C1D-1C2A-4E41-9C6B-0A3B5D7E9F01\}$/m);
    expect(printed).toMatch(/^ {2}File +4 rows$/m);
    expect(printed).toMatch(/^ {2}app1\.cab +\d+ bytes$/m);
  });

  test('prints tables, as lines and as JSON', async () => {
    const { printed } = await ask('inspect', first, '--table', 'Media');
    expect(printed).toBe(
      'DiskId\tLastSequence\tDiskPrompt\tCabinet\tVolumeLabel\tSource\n1\t4\t\t#app1.cab\t\t',
    );
    const rows = JSON.parse((await ask('inspect', first, '--table', 'Media', '--json')).printed);
    expect(rows).toMatchObject([{ DiskId: 1, Cabinet: '#app1.cab', DiskPrompt: null }]);
    const whole = JSON.parse((await ask('inspect', first, '--json')).printed);
    expect(whole.tables.Media.rows).toHaveLength(1);
    await expect(ask('inspect', first, '--table', 'Medium')).rejects.toThrow(/no table Medium/);
  });

  test('a file that is not there, or no package', async () => {
    await expect(ask('inspect', join(directory, 'none.msi'))).rejects.toThrow(InputError);
    const other = join(directory, 'other.msi');
    writeFileSync(other, 'a text');
    await expect(ask('inspect', other)).rejects.toThrow(BuildError);
  });

  test.skipIf(!hasWixl)('reads a package by wixl as msiinfo does (skipped: needs wixl)', async () => {
    const path = join(directory, 'wixl.msi');
    writeFileSync(join(directory, 'one.txt'), 'one\n');
    const component =
      '<Component Id="C" Guid="*" Win64="yes"><File Id="F" Source="one.txt" KeyPath="yes"/></Component>';
    const folders = `<Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="ProgramFiles64Folder"><Directory Id="D" Name="d">${component}</Directory></Directory></Directory>`;
    const rest = `<Media Id="1" Cabinet="a.cab" EmbedCab="yes"/>${folders}<Feature Id="F" Level="1"><ComponentRef Id="C"/></Feature>`;
    const product = `<Product Id="*" Name="W" UpgradeCode="6F3B7C1D-1C2A-4E41-9C6B-0A3B5D7E9F01" Language="1033" Version="1.0" Manufacturer="M"><Package InstallerVersion="200"/>${rest}</Product>`;
    writeFileSync(
      join(directory, 'w.wxs'),
      `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">${product}</Wix>`,
    );
    execFileSync('wixl', ['-a', 'x64', '-o', path, 'w.wxs'], { cwd: directory, stdio: 'ignore' });
    for (const table of ['File', 'Component', 'Directory', 'Property', 'InstallExecuteSequence']) {
      const lines = execFileSync('msiinfo', ['export', path, table], { encoding: 'utf8' })
        .split('\r\n')
        .slice(3, -1);
      const { printed } = await ask('inspect', path, '--table', table);
      expect(printed.split('\n').slice(1).sort()).toEqual(lines.sort());
    }
    const linted = await ask('lint', path);
    expect(linted.code).toBe(1);
    expect(linted.printed).toMatch(/^ICE06 error: the package has no _Validation table$/m);
    expect(linted.printed).toMatch(/^ICE24 error: ProductVersion 1\.0 is not a\.b\.c/m);
  });
});

describe('oriel msi diff', () => {
  test('names what differs, exit code 3', async () => {
    const { printed, code } = await ask('diff', first, second);
    expect(code).toBe(3);
    const lines = printed.split('\n');
    expect(lines).toContain('  + ProgramFiles64Folder/oriel/test/added.txt');
    expect(lines).toContain('  - ProgramFiles64Folder/oriel/test/bin/a rather long name.txt');
    expect(printed).toMatch(/~ ProgramFiles64Folder\/oriel\/test\/readme\.txt: size 11 -> 7, md5/);
    expect(lines).toContain('  ~ ProductVersion: Value 1.0.0 -> 1.0.1');
    const data = JSON.parse((await ask('diff', first, second, '--json')).printed);
    expect(data.files.added).toEqual(['ProgramFiles64Folder/oriel/test/added.txt']);
  });

  test('tells other bytes of a library for custom actions', async () => {
    const made = await Promise.all(
      ['one', 'two'].map((bytes) => {
        const binaries = [{ name: 'lib', source: 'x', content: Buffer.from(bytes.repeat(bytes.length)) }];
        return buildMsi(aModel({ binaries }), join(directory, `${bytes}.msi`));
      }),
    );
    const { printed } = await ask('diff', ...made.map(({ path }) => path));
    expect(printed).toMatch(/^ {2}~ lib: Data 9 bytes [0-9a-f]{16} -> 9 bytes [0-9a-f]{16}$/m);
  });

  test('a package and itself', async () => {
    expect(await ask('diff', first, first)).toMatchObject({ code: 0, printed: 'no differences' });
  });
});

test('oriel msi lint finds nothing in a package of ours', async () => {
  expect(await ask('lint', first)).toMatchObject({ code: 0, printed: 'no findings' });
});

describe('oriel msi extract', () => {
  test('writes the files as they would be installed', async () => {
    const into = join(directory, 'out');
    expect((await ask('extract', first, into)).printed).toBe('4 files');
    const found = readdirSync(into, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(found).toHaveLength(4);
    const root = join(into, 'ProgramFiles64Folder', 'oriel', 'test');
    for (const { target, content } of aModel().files)
      expect(readFileSync(join(root, target))).toEqual(content);
  });

  test('takes cabinets that lie beside the package', async () => {
    const { path } = await buildMsi(aModel(), join(directory, 'outside.msi'), { cabinets: 'external' });
    expect((await ask('extract', path, join(directory, 'out2'))).printed).toBe('4 files');
  });
});
