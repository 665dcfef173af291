import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { msiProducts } from '../../../src/sandbox/wine/prefix.ts';
import { hasWine } from '../../sandbox/wine/wine.ts';
import { hasAnyCompiler } from '../../service/compiler.ts';
import { textFile } from '../a-model.ts';
import { type Machine, onMachine } from './machine.ts';
import { compilePrograms, service, serviceName, smallProduct, stays, toolName } from './small-product.ts';

const able = hasWine && hasAnyCompiler;
const why = able ? '' : ' (skipped: needs wine and mingw)';
const programs = mkdtempSync(join(tmpdir(), 'oriel-small-'));
const small = (version: string, changes = {}) => smallProduct(programs, version, changes);
const installed = ['Program Files', 'example', 'small'];
const data = ['ProgramData', 'example', 'small'];
const conf = [...data, 'etc', 'test.conf'];

describe.skipIf(!able)(`installing, repairing and removing in Wine${why}`, () => {
  beforeAll(() => compilePrograms(programs));
  afterAll(() => rmSync(programs, { recursive: true, force: true }));
  const lifecycle = (title: string, run: (machine: Machine) => Promise<void>) =>
    it(title, () => onMachine(title, run));

  lifecycle('a first install brings files, configuration and a running service', async (machine) => {
    const path = await machine.bring('one.msi', small('1.0.0'));
    const log = await machine.msiexec(0, '/i', path);
    expect(machine.read(...installed, 'readme.txt')).toBe('version 1.0.0\n');
    expect(await machine.service(serviceName)).toMatchObject({ status: 'Running', startMode: 'Auto' });
    expect(await machine.service(toolName)).toMatchObject({ exists: false });
    expect(machine.read(...conf)).toContain('"BINDPORT":"9292"');
    expect(log).toContain('BINDPORT is good');
    expect(machine.list(...data, 'etc')).toEqual(['test.conf']);
  });

  lifecycle('properties reach the configuration as they are, whatever is in them', async (machine) => {
    const path = await machine.bring('one.msi', small('1.0.0'));
    const password = `'a' [BINDPORT] {x} $y %TEMP% \\ ü ; , ~`;
    await machine.msiexec(
      0,
      ...['/i', path, 'BINDPORT=1234', `PASSWORD=${password}`, 'STARTSERVICES=0'],
      ...['INSTALLDIR=C:\\some where\\else', 'DATADIR=C:\\data', 'CONFIGDIR=C:\\conf'],
    );
    expect(JSON.parse(machine.read('conf', 'test.conf') ?? '')).toEqual({
      BINDPORT: '1234',
      PASSWORD: password,
      INSTALLDIR: 'C:\\some where\\else\\',
    });
    expect(machine.list('some where', 'else')).toContain('bin/small-api.exe');
    expect(machine.list(...installed)).toEqual([]);
    const { status, path: line } = await machine.service(serviceName);
    expect({ status, line }).toMatchObject({
      status: 'Stopped',
      line: expect.stringContaining('C:\\data\\small-api.log'),
    });
  });

  lifecycle('each feature alone, all, none of them, and another one later', async (machine) => {
    const path = await machine.bring('one.msi', small('1.0.0'));
    const state = async () => [
      (await machine.service(serviceName)).exists,
      (await machine.service(toolName)).exists,
      machine.list(...installed, 'bin').filter((name) => name.startsWith('small')),
    ];
    await machine.msiexec(0, '/i', path, 'ADDLOCAL=Tools');
    expect(await state()).toEqual([false, true, ['small-tool.exe']]);
    expect(machine.read(...installed, 'readme.txt')).toBeDefined();
    await machine.msiexec(0, '/i', path, 'ADDLOCAL=Api', 'REMOVE=Tools');
    expect(await state()).toEqual([true, false, ['small-api.exe']]);
    expect(await machine.service(serviceName)).toMatchObject({ status: 'Running' });
    await machine.msiexec(0, '/i', path, 'ADDLOCAL=ALL');
    expect(await state()).toEqual([true, true, ['small-api.exe', 'small-tool.exe']]);
    await machine.msiexec(0, '/x', path);
    expect(await state()).toEqual([false, false, []]);
    await machine.msiexec(0, '/i', path, 'ADDLOCAL=Main');
    expect(await state()).toEqual([false, false, []]);
    expect(machine.read(...conf)).toBeDefined();
  });

  lifecycle('SKIPCONF=1 writes no configuration', async (machine) => {
    await machine.msiexec(0, '/i', await machine.bring('one.msi', small('1.0.0')), 'SKIPCONF=1');
    expect(machine.list(...data, 'etc')).toEqual([]);
    expect(machine.read(...installed, 'readme.txt')).toBeDefined();
  });

  lifecycle(
    'a repair brings back what is gone and leaves the configuration alone (by REINSTALL, as Wine has no /f)',
    async (machine) => {
      const path = await machine.bring('one.msi', small('1.0.0'));
      await machine.msiexec(0, '/i', path);
      rmSync(join(machine.drive, ...installed, 'readme.txt'));
      writeFileSync(join(machine.drive, ...installed, 'only-in-1.0.0.txt'), 'broken');
      writeFileSync(join(machine.drive, ...conf), 'mine');
      const log = await machine.msiexec(0, '/i', path, 'REINSTALL=ALL', 'REINSTALLMODE=amus', 'BINDPORT=bad');
      expect(machine.read(...installed, 'readme.txt')).toBe('version 1.0.0\n');
      expect(machine.read(...installed, 'only-in-1.0.0.txt')).toBe('only-in-1.0.0.txt\n');
      expect(machine.read(...conf)).toBe('mine');
      expect(log).toContain('keeps C:\\ProgramData');
      expect(await machine.service(serviceName)).toMatchObject({ status: 'Running' });
    },
  );

  lifecycle(
    'a configuration that cannot be written says why, and nothing is left of the install',
    async (machine) => {
      const path = await machine.bring('one.msi', small('1.0.0'));
      writeFileSync(join(machine.drive, 'ProgramData', 'kept.txt'), 'not ours');
      const log = await machine.msiexec(1603, '/i', path, 'BINDPORT=bad', 'PASSWORD=hunter2');
      expect(log).toContain('BINDPORT must be a (number), not {bad}');
      expect(machine.list(...installed)).toEqual([]);
      expect(machine.list(...data)).toEqual([]);
      expect(machine.read('ProgramData', 'kept.txt')).toBe('not ours');
      expect(await machine.service(serviceName)).toMatchObject({ exists: false });
      expect(await msiProducts(machine.prefix, small('1.0.0').upgradeCode)).toEqual([]);
      await machine.msiexec(0, '/i', path);
      expect(await machine.service(serviceName)).toMatchObject({ status: 'Running' });
    },
  );

  lifecycle(
    'a service that ends at its start fails the install, and nothing is left of it',
    async (machine) => {
      const model = small('1.0.0', {
        services: [service(serviceName, 'say=dying exit=9'), service(toolName, '')],
      });
      const log = await machine.msiexec(1603, '/i', await machine.bring('one.msi', model));
      expect(log).toMatch(/small-api does not run \(state 1, code 9\)/);
      expect(machine.list(...installed)).toEqual([]);
      expect(machine.read(...conf)).toBeUndefined();
      expect(await machine.service(serviceName)).toMatchObject({ exists: false });
    },
  );

  // Wine says the message of a condition to nobody under /qn.
  lifecycle('a launch condition that does not hold leaves nothing behind', async (machine) => {
    const needed = { condition: 'Installed OR VersionNT > 9999', message: 'Windows 9999 is needed.' };
    const path = await machine.bring('one.msi', small('1.0.0', { launchConditions: [needed] }));
    await machine.msiexec(1603, '/i', path);
    expect([machine.list(...installed), machine.list(...data)]).toEqual([[], []]);
    expect(await msiProducts(machine.prefix, small('1.0.0').upgradeCode)).toEqual([]);
  });

  lifecycle('an uninstall removes all but data, and says so', async (machine) => {
    const path = await machine.bring('one.msi', small('1.0.0'));
    await machine.msiexec(0, '/i', path);
    writeFileSync(join(machine.drive, ...data, 'image.raw'), 'data');
    const log = await machine.msiexec(0, '/x', path);
    const [said] = [
      stays
        .replace('[CONFIGDIR]', 'C:\\ProgramData\\example\\small\\etc\\')
        .replace('[DATADIR]', 'C:\\ProgramData\\example\\small\\'),
    ];
    expect(log).toContain(said);
    expect(machine.list(...installed)).toEqual([]);
    expect(machine.list(...data)).toEqual(['etc', 'etc/test.conf', 'image.raw', 'small-api.log']);
    expect(await machine.service(serviceName)).toMatchObject({ exists: false });
  });

  lifecycle('two products live side by side', async (machine) => {
    const other = small('3.0.0', {
      name: 'Other Product',
      upgradeCode: '{7B0C5C58-7C5B-4C8B-8F5B-0B8F3A4E7A02}',
      installDirectory: ['example', 'other'],
      features: [{ id: 'Main', title: 'All' }],
      files: [textFile('other.txt')],
      directories: [],
      services: [],
      properties: [],
      actions: [],
    });
    const first = await machine.bring('one.msi', small('1.0.0'));
    const second = await machine.bring('other.msi', other);
    await machine.msiexec(0, '/i', first);
    await machine.msiexec(0, '/i', second);
    expect(await machine.service(serviceName)).toMatchObject({ status: 'Running' });
    await machine.msiexec(0, '/x', first);
    expect(machine.read('Program Files', 'example', 'other', 'other.txt')).toBeDefined();
    expect(machine.list(...installed)).toEqual([]);
  });
});
