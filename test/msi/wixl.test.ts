import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lintPackage } from '../../src/msi/lint/index.ts';
import { diffPackages } from '../../src/msi/read/diff.ts';
import { extractPackage } from '../../src/msi/read/extract.ts';
import { readMsi } from '../../src/msi/read/read.ts';

const tools = ['wixl', 'msibuild', 'msiinfo', 'gcab'];
const hasTools = tools.every((tool) => spawnSync('which', [tool]).status === 0);

/** Everything in it is right in the eyes of WiX; what wixl 0.101 makes of it is not. */
const product = `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
<Product Id="*" Name="Known" UpgradeCode="6F3B7C1D-1C2A-4E41-9C6B-0A3B5D7E9F01" Language="1033" Version="1.0.0" Manufacturer="M">
<Package InstallerVersion="200" InstallScope="perMachine"/>
<Upgrade Id="6F3B7C1D-1C2A-4E41-9C6B-0A3B5D7E9F01"><UpgradeVersion Minimum="0.0.0" Maximum="1.0.0" Property="OLD"/></Upgrade>
<Property Id="DBPASSWORD" Value="x" Secure="yes" Hidden="yes"/><Property Id="BINDPORT" Value="9292" Secure="yes"/>
<Media Id="1" Cabinet="a.cab" EmbedCab="EMBED"/>
<CustomAction Id="SetX" Property="X" Value="[INSTALLDIR]"/>
<CustomAction Id="Back" Property="Y" ExeCommand="foo" Execute="rollback"/>
<InstallExecuteSequence><RemoveExistingProducts Before="InstallInitialize"/><Custom Action="SetX" After="CostFinalize"/></InstallExecuteSequence>
<Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="ProgramFiles64Folder"><Directory Id="INSTALLDIR" Name="a long directory">
<Component Id="C" Guid="*" Win64="yes"><File Id="F" Source="program.exe" KeyPath="yes"/>
<RegistryKey Root="HKLM" Key="Software\\Example"><RegistryValue Name="Path" Type="expandable" Value="%PATH%;x"/></RegistryKey>
<ServiceInstall Id="S" Name="svc" DisplayName="Svc" Type="ownProcess" Start="auto" ErrorControl="normal" Vital="yes" Arguments="--port [BINDPORT]"/></Component>
<Component Id="R" Guid="*" Win64="yes"><RegistryValue Root="HKMU" Key="Software\\Example" Name="n" Type="string" Value="v" KeyPath="yes"/></Component>
<Component Id="D32" Guid="*"><File Id="G" Source="a long name.text" KeyPath="yes"/></Component>
<Component Id="NOFEATURE" Guid="*" Win64="yes"><File Id="H" Source="other.txt" KeyPath="yes"/></Component>
</Directory></Directory></Directory>
<Feature Id="Main" Level="1"><ComponentRef Id="C"/><ComponentRef Id="R"/><ComponentRef Id="D32"/></Feature>
</Product></Wix>`;

describe.skipIf(!hasTools)(`packages by others (skipped: needs ${tools.join(', ')})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-wixl-'));
  const at = (name: string) => join(folder, name);
  const run = (tool: string, ...args: readonly string[]) =>
    execFileSync(tool, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const exported = (name: string, table: string) =>
    run('msiinfo', 'export', name, table).split('\r\n').slice(3, -1).sort();
  const rowsOf = (name: string, table: string) => {
    const database = readMsi(at(name));
    database.close();
    const rows = database.tables.get(table)?.rows ?? [];
    return rows.map((row) => row.map((cell) => cell ?? '').join('\t')).sort();
  };
  beforeAll(() => {
    copyFileSync(join(import.meta.dirname, '../../msi/service/oriel-service.exe'), at('program.exe'));
    writeFileSync(at('a long name.text'), 'long\n');
    writeFileSync(at('other.txt'), 'other\n');
    for (const embed of ['yes', 'no']) {
      writeFileSync(at(`${embed}.wxs`), product.replace('EMBED', embed));
      run('wixl', '-a', 'x64', '-o', `${embed}.msi`, `${embed}.wxs`);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('lint finds the known defects of wixl 0.101', () => {
    const database = readMsi(at('yes.msi'));
    const found = lintPackage(database).map(({ rule, message }) => `${rule} ${message}`);
    const sequence = database.tables.get('InstallExecuteSequence')?.rows ?? [];
    database.close();
    const known = [
      /^ICE03 File.FileName of G is "a long name.text", which is not a Filename/,
      /^ICE03 Registry.Root of \w+ is 4/,
      /^ICE03 Registry.Key of \w+ is "Software.*\\\\", which is not a RegPath/,
      /^ICE06 the package has no _Validation table/,
      /^ICE21 component NOFEATURE is in no feature/,
      /^ICE80 32-bit component D32 in ProgramFiles64Folder/,
      /^cabinet files F and H both have sequence 1/,
      /^cabinet file H is in no cabinet/,
      /^custom-action action Back .* runs at once/,
      /^file-version .*program.exe has version [\d.]+, File.Version says nothing/,
      /^property property BINDPORT .* not in SecureCustomProperties/,
      /^property property DBPASSWORD .* not in MsiHiddenProperties/,
      /^registry-expand /,
      /^service service svc may fail to be installed in silence/,
    ];
    for (const one of known)
      expect(
        found.some((line) => one.test(line)),
        String(one),
      ).toBe(true);
    // wixl draws 1 or 1401 for the same source; 1 is wrong.
    const [, , number] = sequence.find(([action]) => action === 'RemoveExistingProducts') ?? [];
    expect([1, 1401]).toContain(number);
    expect(found.some((line) => /^ICE27 .*RemoveExistingProducts \(1\)/.test(line))).toBe(number === 1);
  });

  test('every table has the rows that msiinfo exports', () => {
    const names = run('msiinfo', 'tables', 'yes.msi').trim().split('\n');
    const own = names.filter((name) => !/^_(SummaryInformation|ForceCodepage)$/.test(name));
    expect(own.length).toBeGreaterThan(15);
    for (const name of own) expect(rowsOf('yes.msi', name), name).toEqual(exported('yes.msi', name));
  });

  test('cabinets beside a package are taken, and missed by name', () => {
    const database = readMsi(at('no.msi'));
    const into = (name: string) => extractPackage(database, at('no.msi'), at(name));
    expect(() => into('none')).toThrow(/the cabinet .*a\.cab cannot be read/);
    for (const [key, source] of [
      ['F', 'program.exe'],
      ['G', 'a long name.text'],
      ['H', 'other.txt'],
    ] as const)
      copyFileSync(at(source), at(key));
    run('gcab', '-c', '-z', 'a.cab', 'F', 'G', 'H');
    expect(into('beside')).toBe(3);
    database.close();
    const directory = join(at('beside'), 'ProgramFiles64Folder/a long directory');
    expect(readdirSync(directory).sort()).toEqual(['a long name.text', 'other.txt', 'program.exe']);
    expect(readFileSync(join(directory, 'program.exe')).equals(readFileSync(at('program.exe')))).toBe(true);
  });

  test('two builds of one source differ only in what is drawn', () => {
    const [a, b] = [readMsi(at('yes.msi')), readMsi(at('no.msi'))];
    const { files, tables } = diffPackages(a, b);
    a.close();
    b.close();
    expect(files).toEqual({ removed: [], added: [], changed: [] });
    expect(tables.Media?.changed).toEqual([{ name: '1', what: ['Cabinet #a.cab -> a.cab'] }]);
    expect(
      Object.keys(tables).filter((name) => !/^(Media|Property|InstallExecuteSequence)$/.test(name)),
    ).toEqual([]);
  });

  test('UTF-8 and indices of three bytes, by msibuild', () => {
    const idt = (name: string, header: string, rows: string) => writeFileSync(at(name), `${header}${rows}`);
    const head = (table: string, columns: string, types: string) => `${columns}\r\n${types}\r\n${table}\r\n`;
    const property = head('Property\tProperty', 'Property\tValue', 's72\tl0');
    idt('utf8.idt', '\r\n\r\n65001\t_ForceCodepage\r\n', '');
    idt('names.idt', property, 'ProductName\t価格 Łódź\r\n');
    run('msibuild', 'utf8.msi', '-i', 'utf8.idt', 'names.idt');
    expect(rowsOf('utf8.msi', 'Property')).toEqual(['ProductName\t価格 Łódź']);
    const many = Array.from({ length: 70_000 }, (_, i) => `p${i}\ttext ${i}\r\n`);
    idt('many.idt', head('Many\tKey', 'Key\tText', 's72\tS0'), many.join(''));
    run('msibuild', 'many.msi', '-i', 'many.idt');
    expect(rowsOf('many.msi', 'Many')).toEqual(many.map((line) => line.trimEnd()).sort());
  });
});
