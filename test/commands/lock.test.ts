import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { lock } from '../../src/commands/build/lock.ts';
import { dataFile } from '../../src/data-files.ts';
import { findUv } from '../../src/payload/lock/uv.ts';
import { run } from '../../src/process.ts';
import { withEnvironment } from '../payload/environment.ts';
import { aFolder } from '../payload/folder.ts';
import { type IndexedFile, withIndex } from '../payload/package-index.ts';
import { aSourceArchive } from '../payload/source-archive.ts';
import { aWheel } from '../payload/wheel.ts';
import { runVerb } from './verb.ts';

test('a release that does not exist is refused with those that do', async () => {
  await expect(runVerb(lock, ['lock', '--release', '2031.1'])).rejects.toThrow(
    /2023\.1, 2023\.2, 2024\.1, 2024\.2/,
  );
});

describe('without uv', () => {
  test.each([[['--check']], [['--diff', '--upgrade']]])(
    'lock %s fails before anything is written',
    async (flags) => {
      await withEnvironment({ ORIEL_UV: '/nowhere/uv' }, () =>
        expect(runVerb(lock, ['lock', ...flags])).rejects.toThrow('cannot run /nowhere/uv'),
      );
    },
  );
});

const uv = await findUv().catch(() => undefined);

/** The whole program in one file. */
let bundle = '';
beforeAll(async () => {
  const { outputFiles } = await build({
    ...{ entryPoints: [dataFile('src/cli.ts')], bundle: true, platform: 'node', format: 'cjs', write: false },
    ...{ external: ['*.node', 'cpu-features'], logLevel: 'silent' },
  });
  bundle = outputFiles[0]?.text ?? '';
});

/** The program as it is installed, with data of its own: one release that asks for the package `one`. */
function aProgram(overrides = 'overrides: []\nsdists: []\nmoved: []\n') {
  const root = aFolder({
    'oriel.cjs': bundle,
    'msi/glance/payload/2024.2.in': 'one\n',
    'msi/payload/constraints/2024.2.txt': 'one<9\n',
    'msi/payload/build.lock.txt': '',
    'msi/glance/payload/overrides.yaml': overrides,
    'msi/payload/runtimes.json': '{ "python": { "2024.2": "3.11" }, "maven": {} }',
  });
  const program = join(root, 'oriel.cjs');
  cpSync(dataFile('package.json'), join(root, 'package.json'));
  const file = join(root, 'msi/glance/payload/2024.2.lock.txt');
  return {
    text: () => readFileSync(file, 'utf8'),
    write: (text: string) => writeFileSync(file, text),
    /** Runs the verb against an index with these files. */
    lock: (files: readonly IndexedFile[], ...flags: readonly string[]) =>
      withIndex(files, async (url) => {
        const env = {
          ORIEL_UV: uv ?? '',
          ORIEL_CACHE: join(root, 'cache'),
          UV_DEFAULT_INDEX: `${url}/simple`,
        };
        const { exitCode, ...said } = await run(process.execPath, [program, 'lock', ...flags], {
          ...{ env, accept: [0, 1, 3] },
        });
        return { code: exitCode, ...said };
      }),
  };
}

describe.skipIf(!uv)('oriel lock (skipped: needs uv)', () => {
  const [old, newer] = [aWheel('one', '1.0'), aWheel('one', '2.0')];
  const linux = aWheel('one', '3.0', 'cp311-cp311-manylinux2014_x86_64');
  const beyond = aWheel('one', '9.0');

  test('keeps versions that fit; --upgrade takes the newest that has a wheel for Windows and is allowed', async () => {
    const program = aProgram();
    const all = [old, newer, linux, beyond];
    expect(await program.lock([old])).toMatchObject({
      ...{ code: 0, stdout: '+ one 1.0\nmsi/glance/payload/2024.2.lock.txt: 1 packages, written\n' },
    });
    const before = program.text();
    expect(before).toContain(`one==1.0 \\\n    ${old.line.trim().slice(9)}`);
    expect(await program.lock(all, '--check')).toMatchObject({
      ...{ code: 0, stdout: expect.stringContaining('unchanged') },
    });
    const diff = await program.lock(all, '--upgrade', '--diff');
    expect(diff).toMatchObject({ code: 3, stdout: expect.stringContaining('~ one 1.0 -> 2.0\n') });
    expect(program.text()).toBe(before);
    const { stdout } = await program.lock(all, '--upgrade', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ changed: true, written: true, changes: [{ name: 'one', from: '1.0', to: '2.0' }] },
    });
    expect(program.text()).toContain('one==2.0');
  });

  test('--diff shows lines where no version differs, --check says so by its exit code', async () => {
    const program = aProgram();
    await program.lock([old]);
    const [, ...rest] = program.text().split('\n');
    program.write(rest.join('\n'));
    const diff = await program.lock([old], '--diff');
    expect(diff).toMatchObject({ code: 3, stdout: expect.stringContaining('+# Python packages of') });
    expect(await program.lock([old], '--check')).toMatchObject({ code: 3 });
    expect(program.text()).toBe(rest.join('\n'));
  });

  test('takes a package from its source archive where the overrides say so and it is pure; nothing else counts', async () => {
    const program = aProgram('overrides: []\nsdists: [{ name: one, reason: no wheel }]\nmoved: []\n');
    const native = await aSourceArchive('one', '1.0', 'cp311-cp311-linux_x86_64');
    expect(await program.lock([native])).toMatchObject({
      ...{ code: 1, stderr: expect.stringMatching(/one.*(linux_x86_64|built from source)/s) },
    });
    expect(program.text).toThrow('ENOENT');
    const pure = await program.lock([await aSourceArchive('one', '1.1')]);
    expect(pure).toMatchObject({ code: 0, stdout: expect.stringContaining('+ one 1.1') });
    const unasked = await aProgram().lock([await aSourceArchive('one', '1.1')]);
    expect(unasked).toMatchObject({ code: 1, stderr: expect.stringContaining('one') });
  });

  test('does not count when the index gives another file than it names', async () => {
    const program = aProgram();
    const lying = await program.lock([{ ...old, sha256: '0'.repeat(64) }]);
    expect(lying).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/one.*not the one that was locked|Hash mismatch/s),
    });
    expect(program.text).toThrow('ENOENT');
  });
});
