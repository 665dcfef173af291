import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { buildMsi } from '../../src/msi/build/build.ts';
import type { Column } from '../../src/msi/database/schema.ts';
import { lintPackage } from '../../src/msi/lint/index.ts';
import type { MsiModel } from '../../src/msi/model/model.ts';
import { extractPackage } from '../../src/msi/read/extract.ts';
import { type MsiDatabase, readMsi } from '../../src/msi/read/read.ts';
import { cabinetsOf, directoryPaths, recordsOf } from '../../src/msi/read/view.ts';
import { aModel, aService, textFile } from './a-model.ts';

const directory = mkdtempSync(join(tmpdir(), 'oriel-reported-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Builds a model and looks at its package. */
async function built<T>(changes: Partial<MsiModel>, use: (database: MsiDatabase) => T): Promise<T> {
  const path = join(directory, 'one.msi');
  await buildMsi(aModel(changes), path);
  const database = readMsi(path);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

const programs = [textFile('one.exe'), textFile('two.exe')];

describe('what was reported of packages of others', () => {
  // Row 1.
  test.each([
    ['Łódź', 1250],
    ['Привет', 1251],
    ['日本語', 932],
    ['简体中文软件', 936],
    ['한국어', 949],
    ['plain €', 1252],
  ])('the summary of %s has an ANSI code page', async (name, codepage) => {
    await built({ name }, ({ summary }) => {
      expect(summary).toMatchObject({ codepage, subject: name });
    });
  });

  test('a summary that no code page can spell is ASCII', async () => {
    await built({ name: '日本 ع Привет' }, ({ summary, codepage }) => {
      expect(codepage).toBe(65_001);
      expect(summary).toMatchObject({ codepage: 1252, subject: '?? ? ??????' });
    });
  });

  test('permissions of the install directory belong to it, and it goes with the product', async () => {
    const permissions = 'D:PAI(A;OICI;FA;;;BA)';
    const own = { id: 'INSTALLDIR', root: 'ProgramFiles64Folder', path: ['oriel', 'test'], permissions };
    await built({ directories: [own] }, (database) => {
      expect(recordsOf(database, 'MsiLockPermissionsEx')).toMatchObject([
        { LockObject: 'INSTALLDIR', Table: 'CreateFolder', SDDLText: permissions },
      ]);
      const [{ Component_ } = {}] = recordsOf(database, 'CreateFolder').filter(
        ({ Directory_ }) => Directory_ === 'INSTALLDIR',
      );
      const component = recordsOf(database, 'Component').find(({ Component }) => Component === Component_);
      expect(component).toMatchObject({ Directory_: 'INSTALLDIR', Attributes: 256 });
      expect(lintPackage(database)).toEqual([]);
    });
  });

  // Row 5.
  test.each([
    [['#x1', 'b'], '[~]#x1[~]b[~]'],
    [['a'], '[~]a[~]'],
  ])('the list %j stays a list', async (value, cell) => {
    await built({ registry: [{ root: 'HKLM', key: 'X', name: 'm', type: 'multi', value }] }, (database) => {
      expect(recordsOf(database, 'Registry').filter(({ Name }) => Name === 'm')).toMatchObject([
        { Value: cell },
      ]);
    });
  });

  test('a remembered property must not get a value that comes back as a number', async () => {
    await built({ properties: [{ name: 'COLOUR', value: '', remember: true }] }, (database) => {
      const conditions = recordsOf(database, 'LaunchCondition').map(({ Condition }) => Condition);
      expect(conditions).toContain('Installed OR NOT (COLOUR << "#")');
    });
  });

  // Row 6.
  test.each([
    ['cmd /c fix.cmd "[INSTALLDIR]" x', 'command= "cmd /c fix.cmd \\"[INSTALLDIR]\\\\" x"'],
    ['run [INSTALLDIR]', 'command= "run [INSTALLDIR]\\"'],
    ['say "[PORT]"', 'command= "say \\"[PORT]\\""'],
    ['dir "C:\\x\\"', 'command= "dir \\"C:\\x\\\\\\""'],
  ])('the command %s of a recovery keeps its quotes', async (command, words) => {
    const recovery = { resetAfter: 1, actions: [{ action: 'run', delay: 1 }], command } as const;
    await built({ files: programs, services: [aService('one', { recovery })] }, (database) => {
      const [line] = recordsOf(database, 'CustomAction')
        .map(({ Target }) => String(Target))
        .filter((text) => text.includes('failure'));
      expect(line).toContain(words);
    });
  });

  test('a quoted directory in arguments is a finding', async () => {
    const services = [aService('one', { arguments: '--dir "[INSTALLDIR]" --x' })];
    await built({ files: programs, services }, (database) => {
      expect(lintPackage(database)).toMatchObject([{ rule: 'quoted-directory', severity: 'warning' }]);
    });
    const dotted = [aService('one', { arguments: '--dir "[INSTALLDIR]." --x' })];
    await built({ files: programs, services: dotted }, (database) =>
      expect(lintPackage(database)).toEqual([]),
    );
  });

  // Rows 7 and 8.
  test('brackets in names of files, shortcuts and services are brackets', async () => {
    const files = [textFile('app[x64].txt'), textFile('one.exe')];
    const shortcuts = [{ name: 'App [x64]', root: 'DesktopFolder', file: 'app[x64].txt' } as const];
    const services = [aService('one', { displayName: 'One {beta} [1]' })];
    await built({ files, shortcuts, services }, (database) => {
      expect(recordsOf(database, 'Shortcut')).toMatchObject([{ Target: '[INSTALLDIR]app[\\[]x64[\\]].txt' }]);
      expect(recordsOf(database, 'ServiceInstall')).toMatchObject([
        { DisplayName: 'One [\\{]beta[\\}] [\\[]1[\\]]' },
      ]);
      const names = recordsOf(database, 'Registry').map(({ Name }) => Name);
      expect(names).toContain('DesktopFolder/App [\\[]x64[\\]]');
    });
  });

  // Row 10.
  test('a directory among the programs of 32 bits is one of 32 bits', async () => {
    const directories = [{ id: 'd2', root: 'ProgramFilesFolder', path: ['Example', '32'] }];
    await built({ directories }, (database) => expect(lintPackage(database)).toEqual([]));
  });

  // Row 12.
  test('a directory in the place of the package is said so', async () => {
    await expect(buildMsi(aModel(), directory)).rejects.toThrow(/is a directory/);
  });

  // Row 15.
  test('a cabinet beside the package has any case', async () => {
    const own = mkdtempSync(join(directory, 'case-'));
    const path = join(own, 'one.msi');
    await buildMsi(aModel({ files: programs }), path, { cabinets: 'external' });
    const [cabinet = ''] = readdirSync(own).filter((name) => name.endsWith('.cab'));
    renameSync(join(own, cabinet), join(own, cabinet.toUpperCase()));
    const database = readMsi(path);
    expect(extractPackage(database, path, join(own, 'out'))).toBe(2);
    database.close();
  });

  test.each([
    [0x82, 'a transform (.mst)'],
    [0x86, 'a patch (.msp)'],
  ])('a file of class 000C10%s is called %s', async (kind, words) => {
    const path = join(directory, 'other.msp');
    await buildMsi(aModel(), path);
    const bytes = readFileSync(path);
    const at = bytes.indexOf(Buffer.from('84100c0000000000c000000000000046', 'hex'));
    bytes[at] = kind;
    writeFileSync(path, bytes);
    expect(() => readMsi(path)).toThrow(`it is ${words} and no package`);
  });

  test('a directory below a folder property without a row has its place there', () => {
    const columns = ['Directory', 'Directory_Parent', 'DefaultDir'].map((name) => ({ name }) as Column);
    const rows = [
      ['Own', 'ProgramFilesFolder', 'OWN|Example'],
      ['Low', 'TARGETDIR', 'low'],
      ['A', 'B', 'a'],
      ['B', 'A', 'b'],
    ];
    const tables = new Map([['Directory', { name: 'Directory', columns, rows }]]);
    expect([...directoryPaths({ tables })]).toEqual([
      ['Own', ['ProgramFilesFolder', 'Example']],
      ['Low', ['low']],
    ]);
  });

  test('a merge module has its files in a cabinet of its own name', () => {
    const tables = new Map([['ModuleSignature', { name: 'ModuleSignature', columns: [], rows: [] }]]);
    expect(cabinetsOf({ tables })).toEqual(['#MergeModule.CABinet']);
  });
});
