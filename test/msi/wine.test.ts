import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildMsi } from '../../src/msi/build/build.ts';
import type { MsiAction, MsiPlace } from '../../src/msi/model/action-model.ts';
import type { MsiModel } from '../../src/msi/model/model.ts';
import { readMsi } from '../../src/msi/read/read.ts';
import { signFile } from '../../src/msi/sign/sign.ts';
import { readSigner } from '../../src/msi/sign/signer.ts';
import { loadProduct } from '../../src/product/load.ts';
import { aModel, textFile } from './a-model.ts';
import { chosen } from './chosen.ts';
import { everything } from './everything.ts';
import { makeAuthority } from './identities.ts';
import { idtOf, readIdt } from './idt.ts';
import { installEverything } from './install-everything.ts';
import {
  compileRecorders,
  compileService,
  hasMingw,
  hasSigner,
  hasWine,
  makePrefix,
  msiexec,
  type Prefix,
  place,
} from './wine.ts';

const reason = hasWine && hasMingw ? '' : ' (skipped: needs wine and mingw)';

describe.skipIf(reason !== '')(`features and custom actions in Wine${reason}`, () => {
  let work: string;
  let prefix: Prefix;
  let installed: string;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'oriel-msi-'));
    compileService(work);
    compileRecorders(work);
    prefix = await makePrefix();
    installed = join(prefix.drive, 'Program Files', 'oriel', 'test');
  });

  afterAll(() => {
    prefix?.end();
    if (work) rmSync(work, { recursive: true, force: true });
  });

  const recorded = () => join(prefix.drive, 'test', 'actions.txt');
  beforeEach(() => rmSync(recorded(), { force: true }));
  const lines = () => (existsSync(recorded()) ? readFileSync(recorded(), 'latin1').trim().split('\n') : []);
  const install = (args: string, code = 0) => msiexec(prefix, args, code);
  const has = (...path: string[]) => existsSync(join(installed, ...path));

  const after = (name: string): MsiPlace => ({ after: name });
  const deferred = { execute: 'deferred', place: after('InstallFiles'), condition: 'NOT REMOVE' } as const;

  const acting = (version: string, actions: readonly MsiAction[]): MsiModel =>
    aModel({
      version,
      files: [textFile('readme.txt'), { source: join(work, 'record.exe'), target: 'bin/record.exe' }],
      properties: [{ name: 'BINDPORT', value: '9292', remember: true }],
      binaries: [
        { name: 'recorder', source: join(work, 'record.exe') },
        { name: 'library', source: join(work, 'record.dll') },
      ],
      actions,
    });

  test('every kind of call, with data, in the order of the model', async () => {
    const actions: MsiAction[] = [
      { name: 'SetData', call: { property: 'DATA', value: 'port [BINDPORT]' }, place: after('CostFinalize') },
      { name: 'MoveLogs', call: { directory: 'LOGDIR', value: 'C:\\moved\\' }, place: after('SetData') },
      {
        name: 'Now',
        call: { binary: 'library', entry: 'Record' },
        place: after('SetData'),
        condition: 'NOT REMOVE',
      },
      {
        ...deferred,
        name: 'Library',
        call: { binary: 'library', entry: 'Record' },
        data: '[BINDPORT];[INSTALLDIR]',
      },
      { ...deferred, name: 'Program', call: { binary: 'recorder', command: 'binary [BINDPORT]' } },
      { ...deferred, name: 'Installed', call: { file: 'bin/record.exe', command: 'file [BINDPORT]' } },
      {
        ...deferred,
        name: 'Shell',
        call: { directory: 'System64Folder', command: '"[INSTALLDIR]bin\\record.exe" directory' },
      },
      {
        name: 'SetPath',
        call: { property: 'TOOL', value: '[INSTALLDIR]bin\\record.exe' },
        place: after('CostFinalize'),
      },
      { ...deferred, name: 'Property', call: { property: 'TOOL', command: 'property' }, ignoreResult: true },
      { ...deferred, name: 'Fails', call: { binary: 'recorder', command: 'fail' }, ignoreResult: true },
    ];
    const path = await place(prefix, 'acting.msi', acting('1.0.0', actions));
    await install(`/i ${path} BINDPORT=1`);
    expect(lines()).toEqual([
      'dll: port 1',
      'dll: 1;C:\\Program Files\\oriel\\test\\',
      'exe: binary 1',
      'exe: file 1',
      'exe: directory',
      'exe: property',
      'exe: fail',
    ]);
    expect(existsSync(join(prefix.drive, 'moved'))).toBe(true);
    await install(`/x ${path}`);
    expect(lines()).toHaveLength(7);
  });

  test('a failure in the transaction undoes what was done', async () => {
    const actions: MsiAction[] = [
      { ...deferred, name: 'Undo', call: { binary: 'library', entry: 'Undo' }, execute: 'rollback' },
      { ...deferred, name: 'Fails', call: { binary: 'recorder', command: 'fail' } },
      { ...deferred, name: 'Never', call: { binary: 'recorder', command: 'never' } },
      { ...deferred, name: 'Commit', call: { binary: 'recorder', command: 'commit' }, execute: 'commit' },
    ];
    const path = await place(prefix, 'failing.msi', acting('2.0.0', actions));
    // Wine gives 1627 for what is 1603 on Windows.
    await install(`/i ${path}`, 1627);
    expect(lines()).toEqual(['exe: fail', 'undo']);
    expect(existsSync(installed)).toBe(false);
  });

  const serviceKey = 'HKLM\\System\\CurrentControlSet\\Services\\oriel-test';
  const service = async () =>
    (await prefix.cmd(`reg query ${serviceKey} /v ImagePath & sc query oriel-test`)).output;

  test('features are chosen, properties and folders too, and an upgrade keeps these', async () => {
    const first = await place(prefix, 'chosen1.msi', chosen(work, '1.0.0'));
    const second = await place(prefix, 'chosen2.msi', chosen(work, '1.1.0'));
    const third = await place(prefix, 'chosen3.msi', chosen(work, '1.2.0'));
    await install(`/i ${first} ADDLOCAL=Api BINDPORT=1 LOGDIR=C:\\logs STARTSERVICES=0`);
    expect([has('readme.txt'), has('bin', 'api.txt'), has('bin', 'tools.txt')]).toEqual([true, true, false]);
    expect([has('etc', 'kept.conf'), has('etc', 'never.conf')]).toEqual([true, false]);
    expect(existsSync(join(prefix.drive, 'logs'))).toBe(true);
    expect(await service()).toMatch(/--port 1\s[\s\S]*STATE\s*: 1/);

    await install(`/i ${second}`);
    expect(readFileSync(join(installed, 'readme.txt'), 'utf8')).toBe('1.1.0\n');
    expect(readFileSync(join(installed, 'etc', 'kept.conf'), 'utf8')).toBe('1.0.0\n');
    expect([has('bin', 'api.txt'), has('bin', 'tools.txt')]).toEqual([true, false]);
    expect(await service()).toMatch(/--port 1\s[\s\S]*STATE\s*: 4/);

    await install(`/i ${third} BINDPORT=2`);
    expect(await service()).toMatch(/--port 2\s/);
    const key = 'HKLM\\Software\\Example Ltd\\Oriel Test';
    expect((await prefix.cmd(`reg query "${key}"`)).output).toMatch(/LOGDIR\s+REG_SZ\s+C:\\logs\\/);

    await install(`/x ${third}`);
    expect([has('readme.txt'), has('bin'), has('etc', 'kept.conf')]).toEqual([false, false, true]);
    rmSync(join(installed, 'etc'), { recursive: true });
  });

  test('what is not given has its default, and levels depend on conditions', async () => {
    const path = await place(prefix, 'defaults.msi', chosen(work, '1.0.0'));
    await install(`/i ${path} WITHTOOLS=1`);
    expect(has('bin', 'tools.txt')).toBe(true);
    expect(await service()).toMatch(/--port 9292\s[\s\S]*STATE\s*: 4/);
    await install(`/x ${path}`);
    rmSync(join(installed, 'etc'), { recursive: true });
    await install(`/i ${path}`);
    expect([has('bin', 'api.txt'), has('bin', 'tools.txt')]).toEqual([true, false]);
    await install(`/x ${path}`);
  });

  test('registry, environment, INI files, shortcuts, account: all there, then all gone', async () => {
    await installEverything(prefix, work);
  });

  test('the example is built from its file, works, and is removed', async () => {
    const example = join(work, 'clock');
    cpSync('examples/clock', example, { recursive: true });
    execFileSync('make', ['-s', '-B', '-C', example]);
    const model = await loadProduct(join(example, 'product.yaml'), { version: '1.2.3' });
    const path = await place(prefix, 'clock.msi', model);
    await install(`/i ${path} ADDLOCAL=Service INTERVAL=1 LOGDIR=C:\\clock`);
    const home = join(prefix.drive, 'Program Files', 'Example', 'Clock');
    expect([existsSync(join(home, 'bin', 'clock.exe')), existsSync(join(home, 'documents'))]).toEqual([
      true,
      false,
    ]);
    const time = join(prefix.drive, 'clock', 'clock.txt');
    await expect.poll(() => existsSync(time) && readFileSync(time, 'latin1')).toMatch(/^\d{4}-/);
    await install(`/x ${path}`);
    expect([existsSync(home), existsSync(time)]).toEqual([false, true]);
    expect((await prefix.cmd('sc query example-clock')).code).not.toBe(0);
  });

  test.skipIf(!hasSigner)(
    `a signed package is installed as it is${hasSigner ? '' : ' (needs osslsigncode and openssl)'}`,
    async () => {
      const { path } = await buildMsi(aModel(), join(work, 'plain.msi'));
      const signer = await readSigner(makeAuthority(work).issue('own'));
      await signFile(signer, path, join(prefix.drive, 'test', 'signed.msi'), 'Oriel Test');
      await install('/i C:\\test\\signed.msi');
      expect(has('readme.txt')).toBe(true);
      await install('/x C:\\test\\signed.msi');
      expect(has('readme.txt')).toBe(false);
    },
  );

  test("Wine's msi.dll reads every table as we do", async () => {
    await place(prefix, 'tables.msi', everything(join(work, 'service.exe')));
    const folder = join(prefix.drive, 'test', 'tables');
    mkdirSync(folder);
    await prefix.cmd('msidb -d C:\\test\\tables.msi -f C:\\test\\tables -e "*"');
    const database = readMsi(join(prefix.drive, 'test', 'tables.msi'));
    for (const table of database.tables.values()) {
      const read = readIdt(folder, table.name);
      // It names streams after the file that it writes.
      const isStream = table.columns.some(({ kind }) => kind === 'stream');
      expect({ ...read, rows: [] }, table.name).toEqual({ ...idtOf(table), rows: [] });
      if (!isStream) expect(read.rows, table.name).toEqual(idtOf(table).rows);
    }
    database.close();
  });
});
