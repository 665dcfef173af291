import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildMsi } from '../../src/msi/build/build.ts';
import type { MsiService } from '../../src/msi/model/model.ts';
import { openPackage } from '../../src/sandbox/simulated/package.ts';
import { aModel, textFile } from '../msi/a-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-simulated-'));
const path = join(folder, 'product.msi');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const service = (name: string): MsiService => ({
  name,
  displayName: name,
  description: '',
  file: `bin/${name}.exe`,
  arguments: '--port [BINDPORT]',
  start: 'auto',
  dependencies: [],
  startOnInstall: 'STARTSERVICES <> 0',
});

describe('what a simulated node installs of a package', () => {
  beforeAll(() =>
    buildMsi(
      aModel({
        features: [
          { id: 'Main', title: 'All' },
          { id: 'Api', title: 'Api', parent: 'Main' },
          { id: 'Tools', title: 'Tools', parent: 'Main', level: 2 },
        ],
        files: [
          textFile('readme.txt'),
          { ...textFile('bin/api.exe'), feature: 'Api' },
          { ...textFile('bin/tools.exe'), feature: 'Tools' },
        ],
        services: [service('api'), service('tools')],
        properties: [
          { name: 'BINDPORT', value: '9292', remember: true },
          { name: 'STARTSERVICES', value: '1', secure: true },
        ],
      }),
      path,
    ),
  );

  it.each([
    ['by itself', {}, ['api'], ['api']],
    ['as oriel asks', { STARTSERVICES: '0' }, ['api'], []],
    ['a feature alone', { ADDLOCAL: 'Tools' }, ['tools'], ['tools']],
    ['all', { ADDLOCAL: 'ALL' }, ['api', 'tools'], ['api', 'tools']],
    ['none', { ADDLOCAL: 'Main' }, [], []],
  ])('%s', (_, given: Record<string, string>, services, starts) => {
    const opened = openPackage(path, given);
    expect(opened.services.map(({ name }) => name).sort()).toEqual(services);
    expect([...opened.starts].sort()).toEqual(starts);
    const files = [...opened.files.values()].map((file) => file.replace(/^.*\\/, ''));
    expect(files.sort()).toEqual([...services.map((name) => `${name}.exe`), 'readme.txt'].sort());
    for (const { path: line } of opened.services) expect(line).toContain('--port 9292');
    opened.close();
  });

  it('while it serves others, which would take its silence for an end', async () => {
    const large = join(folder, 'large.msi');
    const noise = { ...textFile('noise'), content: randomBytes(4 << 20) };
    await buildMsi(aModel({ files: [noise] }), large);
    const opened = openPackage(large, {});
    let [served, unpacked] = [0, false];
    const unpacking = opened
      .unpack(() => join(folder, 'noise'))
      .finally(() => {
        unpacked = true;
      });
    for (; !unpacked; served += 1) await setImmediate();
    await unpacking;
    opened.close();
    expect(readFileSync(join(folder, 'noise')).equals(noise.content)).toBe(true);
    expect(served).toBeGreaterThan(50);
  });
});
