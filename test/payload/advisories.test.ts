import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { matchAdvisories, readAdvisories } from '../../src/payload/lock/advisories.ts';
import { aFolder } from './folder.ts';

const packages = ['one', 'two', 'three-four'].map((name) => ({ name, version: '1.0', hashes: [] }));
const vulnerable = {
  name: 'Three.Four',
  version: '1.0',
  vulns: [{ id: 'PYSEC-1', aliases: ['CVE-1'], fix_versions: ['1.1'], description: 'bad' }],
};

const read = (content: unknown) => {
  const folder = aFolder({ 'audit.json': typeof content === 'string' ? content : JSON.stringify(content) });
  return readAdvisories(join(folder, 'audit.json'));
};

describe('a report of pip-audit', () => {
  test.each([
    ['as an object', { dependencies: [vulnerable], fixes: [] }],
    ['as a list', [vulnerable]],
  ])('%s names what is vulnerable, whatever the spelling', async (_, report) => {
    const { vulnerabilities } = matchAdvisories(packages, await read(report));
    expect(vulnerabilities).toEqual([
      {
        name: 'three-four',
        version: '1.0',
        id: 'PYSEC-1',
        aliases: ['CVE-1'],
        fixedIn: ['1.1'],
        description: 'bad',
      },
    ]);
  });

  test('is not a word about packages that it does not have, has at another version or has skipped', async () => {
    const report = [
      vulnerable,
      { name: 'one', version: '0.9', vulns: vulnerable.vulns },
      { name: 'two', skip_reason: 'no' },
    ];
    const { vulnerabilities, unknown } = matchAdvisories(packages, await read(report));
    expect(vulnerabilities.map(({ name }) => name)).toEqual(['three-four']);
    expect(unknown).toEqual(['one 1.0', 'two 1.0']);
  });

  test.each(['', '{}', '{"dependencies": [{"version": "1"}]}'])('is not %j', async (text) => {
    await expect(read(text)).rejects.toThrow('audit.json is not a report of pip-audit');
  });
});
