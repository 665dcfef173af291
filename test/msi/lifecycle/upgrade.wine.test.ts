import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { msiProducts } from '../../../src/sandbox/wine/prefix.ts';
import { hasWine } from '../../sandbox/wine/wine.ts';
import { hasAnyCompiler } from '../../service/compiler.ts';
import { textFile } from '../a-model.ts';
import { type Machine, onMachine } from './machine.ts';
import { compilePrograms, serviceName, smallProduct, toolName } from './small-product.ts';

const able = hasWine && hasAnyCompiler;
const why = able ? '' : ' (skipped: needs wine and mingw)';
const programs = mkdtempSync(join(tmpdir(), 'oriel-small-'));
const small = (version: string, changes = {}) => smallProduct(programs, version, changes);
const installed = ['Program Files', 'example', 'small'];
const data = ['ProgramData', 'example', 'small'];
const conf = [...data, 'etc', 'test.conf'];

describe.skipIf(!able)(`upgrading in Wine${why}`, () => {
  beforeAll(() => compilePrograms(programs));
  afterAll(() => rmSync(programs, { recursive: true, force: true }));
  const lifecycle = (title: string, run: (machine: Machine) => Promise<void>) =>
    it(title, () => onMachine(title, run));

  lifecycle('a running service drains and runs again as the new version', async (machine) => {
    await machine.msiexec(0, '/i', await machine.bring('one.msi', small('1.0.0')));
    expect(await machine.service(serviceName)).toMatchObject({ status: 'Running' });
    await machine.msiexec(0, '/i', await machine.bring('two.msi', small('1.0.1')));
    expect(await machine.service(serviceName)).toMatchObject({ status: 'Running' });
    const log = machine.read(...data, 'small-api.log') ?? '';
    const story = log.split(/\r?\n/).filter((line) => /version-|stopping|ended with code/.test(line));
    expect(story.map((line) => line.replace(/^\S+ \S+ /, ''))).toEqual([
      'version-1.0.0',
      // It lingered for 1.5 s and was let.
      'stopping',
      expect.stringContaining('ended with code 0'),
      'version-1.0.1',
    ]);
  });

  // Wine does not know MigrateFeatureStates: it is told the features at each upgrade.
  lifecycle('a minor and a major upgrade keep configuration, folders and properties', async (machine) => {
    const folders = ['INSTALLDIR=C:\\mine', 'CONFIGDIR=C:\\conf'];
    const first = await machine.bring('one.msi', small('1.0.0'));
    await machine.msiexec(0, '/i', first, 'BINDPORT=4242', 'ADDLOCAL=Tools', ...folders);
    writeFileSync(join(machine.drive, 'conf', 'test.conf'), 'mine');
    for (const version of ['1.0.1', '2.0.0']) {
      const next = await machine.bring(`${version}.msi`, small(version));
      await machine.msiexec(0, '/i', next, 'ADDLOCAL=Tools');
      expect(machine.read('mine', 'readme.txt')).toBe(`version ${version}\n`);
      const only = machine.list('mine').filter((name) => name.startsWith('only'));
      expect(only).toEqual([`only-in-${version}.txt`]);
      expect(machine.read('conf', 'test.conf')).toBe('mine');
      expect(machine.list(...installed)).toEqual([]);
      expect(await machine.service(serviceName)).toMatchObject({ exists: false });
      expect(await machine.service(toolName)).toMatchObject({ status: 'Running' });
    }
    rmSync(join(machine.drive, 'conf', 'test.conf'));
    await machine.msiexec(0, '/i', await machine.bring('3.msi', small('3.0.0')));
    expect(machine.read('conf', 'test.conf')).toContain('"BINDPORT":"4242"');
  });

  lifecycle('an older version is refused, and the newer one runs on', async (machine) => {
    await machine.msiexec(0, '/i', await machine.bring('two.msi', small('2.0.0')));
    await machine.msiexec(1603, '/i', await machine.bring('one.msi', small('1.0.0')));
    expect(machine.read(...installed, 'readme.txt')).toBe('version 2.0.0\n');
    expect(await machine.service(serviceName)).toMatchObject({ status: 'Running' });
  });

  lifecycle(
    'the same package again changes nothing; another build of the version replaces it',
    async (machine) => {
      const path = await machine.bring('one.msi', small('1.0.0'));
      await machine.msiexec(0, '/i', path);
      writeFileSync(join(machine.drive, ...conf), 'mine');
      await machine.msiexec(0, '/i', path);
      expect(await machine.service(serviceName)).toMatchObject({ status: 'Running' });
      const again = small('1.0.0');
      const files = [...again.files.filter(({ target }) => target !== 'readme.txt'), textFile('other.txt')];
      await machine.msiexec(0, '/i', await machine.bring('again.msi', { ...again, files }));
      expect(machine.list(...installed)).toContain('other.txt');
      expect(await msiProducts(machine.prefix, again.upgradeCode)).toHaveLength(1);
      expect(machine.list(...installed)).not.toContain('readme.txt');
      expect(machine.read(...conf)).toBe('mine');
      expect(await machine.service(serviceName)).toMatchObject({ status: 'Running' });
    },
  );

  lifecycle(
    'an upgrade that fails before it changes anything leaves the old product as it is',
    async (machine) => {
      await machine.msiexec(0, '/i', await machine.bring('one.msi', small('1.0.0')));
      const needed = { condition: 'Installed OR VersionNT > 9999', message: 'Windows 9999 is needed.' };
      const two = small('2.0.0', { launchConditions: [needed] });
      await machine.msiexec(1603, '/i', await machine.bring('two.msi', two));
      expect(machine.read(...installed, 'readme.txt')).toBe('version 1.0.0\n');
      expect(await machine.service(serviceName)).toMatchObject({ status: 'Running' });
    },
  );

  // Windows brings the old product back, as it is removed inside the transaction (build.test.ts holds the place). Wine runs the removal as a
  // msiexec of its own, which is over for good before the rest begins.
  lifecycle(
    'an upgrade that fails half way leaves nothing of the new product and all data (Wine does not bring the old product back)',
    async (machine) => {
      const one = await machine.bring('one.msi', small('1.0.0'));
      await machine.msiexec(0, '/i', one);
      const log = await machine.msiexec(1603, '/i', await machine.bring('two.msi', failing()));
      expect(log).toContain('does not run');
      expect(machine.read(...conf)).toContain('"BINDPORT":"9292"');
      expect(machine.list(...installed).filter((name) => name.includes('2.0.0'))).toEqual([]);
      await machine.msiexec(0, '/i', one);
      expect(machine.read(...installed, 'readme.txt')).toBe('version 1.0.0\n');
      expect(await machine.service(serviceName)).toMatchObject({ status: 'Running' });
    },
  );

  function failing() {
    const { services, ...rest } = small('2.0.0');
    return {
      ...rest,
      services: services.map((one) => ({ ...one, arguments: one.arguments.replace(/say=.*$/, 'exit=9') })),
    };
  }
});
