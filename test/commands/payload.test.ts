import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { payload } from '../../src/commands/build/payload.ts';
import { payloadFolder } from '../../src/components/glance/package/package.ts';
import { lockPath } from '../../src/payload/lock/inputs.ts';
import { withEnvironment } from '../payload/environment.ts';
import { aFolder } from '../payload/folder.ts';
import { runVerb } from './verb.ts';

const inCache = (cache: string, ...args: readonly string[]) =>
  withEnvironment({ ORIEL_CACHE: cache }, () => runVerb(payload, ['payload', ...args]));

describe('oriel payload verify', () => {
  test('without a payload says how to get one', async () => {
    await expect(inCache(aFolder(), 'verify')).rejects.toMatchObject({
      message: 'there is no payload of 2024.2 in the cache',
      remedy: expect.stringContaining('oriel build'),
    });
  });

  test('reports known vulnerabilities of locked packages, and what the report does not cover', async () => {
    const folder = aFolder();
    const [, version] =
      /^urllib3==(\S+)/m.exec(readFileSync(lockPath(payloadFolder(), '2023.1'), 'utf8')) ?? [];
    const vulns = [{ id: 'PYSEC-2023-192', aliases: ['CVE-2023-43804'], fix_versions: ['2.0.6'] }];
    const report = { dependencies: [{ name: 'urllib3', version, vulns }] };
    writeFileSync(join(folder, 'audit.json'), JSON.stringify(report));
    const flags = ['--release', '2023.1', '--advisories', join(folder, 'audit.json')];
    const { code, printed, facts } = await inCache(aFolder(), 'verify', ...flags);
    expect(code).toBe(1);
    expect(printed).toContain(`urllib3 ${version}: PYSEC-2023-192, CVE-2023-43804, fixed in 2.0.6`);
    expect(facts).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('118 locked packages') }),
    );
  });

  test('names what is wrong with a bundle', async () => {
    const folder = aFolder({ 'locks/2024.2.lock.txt': 'changed', 'wheels/evil.whl': 'x' });
    mkdirSync(join(folder, 'runtime'));
    const { code, printed } = await inCache(aFolder(), 'verify', folder, '--json');
    expect(code).toBe(1);
    const { problems } = JSON.parse(printed);
    expect(problems).toContainEqual(expect.stringContaining('evil.whl is not in the lock'));
    expect(problems).toContain('glance 29.2.1 is missing');
    expect(problems).toContain('locks/2024.2.lock.txt is not the one of this release');
  });
});
