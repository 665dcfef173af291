import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildMsi } from '../../src/msi/build.ts';
import type { MsiModel } from '../../src/msi/model.ts';
import { aModel, textFile } from './a-model.ts';
import { compileService, hasMingw, hasWine, makePrefix, type Prefix, place, msiexec as run } from './wine.ts';

const reason = hasWine && hasMingw ? '' : ' (skipped: needs wine and mingw)';

describe.skipIf(reason !== '')(`install in Wine${reason}`, () => {
  let work: string;
  let prefix: Prefix;
  let installed: string;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'oriel-msi-'));
    compileService(work);
    prefix = await makePrefix();
    installed = join(prefix.drive, 'Program Files', 'oriel', 'test');
  }, 120_000);

  afterAll(() => {
    prefix?.end();
    if (work) rmSync(work, { recursive: true, force: true });
  });

  function serviceModel(version: string, changes: Partial<MsiModel> = {}): MsiModel {
    return aModel({
      version,
      files: [
        { source: join(work, 'service.exe'), target: 'bin/service.exe' },
        textFile('readme.txt', `version ${version}\n`),
        textFile(`only-in-${version}.txt`),
        textFile('lib/a module with a long name.py'),
      ],
      services: [
        {
          name: 'oriel-test',
          displayName: 'Oriel test service',
          description: 'Does nothing',
          file: 'bin/service.exe',
          arguments: '--port [BINDPORT] --home "[INSTALLDIR]."',
          start: 'demand',
          dependencies: [],
          startOnInstall: true,
        },
      ],
      ...changes,
    });
  }

  const package_ = (name: string, model: MsiModel) => place(prefix, name, model);
  const msiexec = (args: string, expected: number) => run(prefix, args, expected);

  test('installs files, service and data directory; upgrades; refuses to go back; removes', async () => {
    const first = await package_('one.msi', serviceModel('1.0.0'));
    await msiexec(`/i ${first} BINDPORT=9393`, 0);
    expect(readFileSync(join(installed, 'readme.txt'), 'utf8')).toBe('version 1.0.0\n');
    expect(readFileSync(join(installed, 'lib', 'a module with a long name.py'), 'utf8')).toContain('module');
    expect(readFileSync(join(installed, 'bin', 'service.exe'))).toEqual(
      readFileSync(join(work, 'service.exe')),
    );
    expect(existsSync(join(prefix.drive, 'ProgramData', 'oriel', 'test', 'log'))).toBe(true);
    expect((await prefix.cmd('sc query oriel-test')).output).toMatch(/STATE\s*:\s*4/);
    const config = (await prefix.cmd('reg query HKLM\\System\\CurrentControlSet\\Services\\oriel-test'))
      .output;
    expect(config).toMatch(
      /ImagePath.*service\.exe.* --port 9393 --home "C:\\Program Files\\oriel\\test\\\."/,
    );

    const second = await package_('two.msi', serviceModel('1.1.0'));
    await msiexec(`/i ${second}`, 0);
    expect(readFileSync(join(installed, 'readme.txt'), 'utf8')).toBe('version 1.1.0\n');
    expect(existsSync(join(installed, 'only-in-1.0.0.txt'))).toBe(false);
    expect(existsSync(join(installed, 'bin', 'service.exe'))).toBe(true);
    expect((await prefix.cmd('sc query oriel-test')).output).toMatch(/STATE\s*:\s*4/);

    await msiexec(`/i ${first}`, 1603);
    expect(readFileSync(join(installed, 'readme.txt'), 'utf8')).toBe('version 1.1.0\n');

    await msiexec(`/x ${second}`, 0);
    expect(existsSync(installed)).toBe(false);
    // 1060 on Windows, 1 in Wine: no such service.
    expect([1060, 1]).toContain((await prefix.cmd('sc query oriel-test')).code);
    expect(existsSync(join(prefix.drive, 'ProgramData', 'oriel', 'test', 'log'))).toBe(true);
  }, 120_000);

  test('another build of the same version replaces the first', async () => {
    const first = await buildMsi(aModel(), join(work, 'same1.msi'));
    const second = await buildMsi(
      aModel({ files: [textFile('other.txt')], directories: [] }),
      join(work, 'same2.msi'),
    );
    expect(second.productCode).not.toBe(first.productCode);
    for (const { path, name } of [first, second]) {
      copyFileSync(path, join(prefix.drive, 'test', name));
      await msiexec(`/i C:\\test\\${name}`, 0);
    }
    expect(existsSync(join(installed, 'other.txt'))).toBe(true);
    expect(existsSync(join(installed, 'readme.txt'))).toBe(false);
    await msiexec(`/x ${second.productCode}`, 0);
    await msiexec(`/x ${first.productCode}`, 1605);
  }, 120_000);

  test('an upgrade stays in the directory that was chosen at first', async () => {
    const first = await package_('there1.msi', aModel());
    const second = await package_('there2.msi', aModel({ version: '1.0.1' }));
    await msiexec(`/i ${first} INSTALLDIR=C:\\elsewhere`, 0);
    expect(existsSync(join(prefix.drive, 'elsewhere', 'readme.txt'))).toBe(true);
    await msiexec(`/i ${second}`, 0);
    expect(existsSync(join(prefix.drive, 'elsewhere', 'readme.txt'))).toBe(true);
    expect(existsSync(installed)).toBe(false);
    await msiexec(`/x ${second}`, 0);
    expect(existsSync(join(prefix.drive, 'elsewhere', 'readme.txt'))).toBe(false);
  }, 120_000);

  test('a launch condition that does not hold leaves nothing behind', async () => {
    const model = aModel({
      launchConditions: [{ condition: 'Installed OR VersionNT > 9999', message: 'Too old.' }],
    });
    await msiexec(`/i ${await package_('condition.msi', model)}`, 1603);
    expect(existsSync(installed)).toBe(false);
  }, 60_000);
});
