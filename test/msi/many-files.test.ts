import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftOut, whole } from '../extent.ts';
import { oneFile } from './fuzz/in-child.ts';

const count = 70_000;
const maxMegabytes = 400;
const folder = mkdtempSync(join(tmpdir(), 'oriel-many-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const product = (name: string) => `name: Many
manufacturer: Example Ltd
version: 1.0.0
upgradeCode: "{11111111-2222-4333-8444-555555555555}"
installDirectory: Example\\Many
files: [{ source: ${name} }]
`;

/** A tree of small files, a hundred in a folder; `word` is in each of them. */
function aTree(name: string, word: string): void {
  for (let index = 0; index < count; index += 1) {
    const part = join(folder, name, `part_${Math.floor(index / 100)}`);
    if (index % 100 === 0) mkdirSync(part, { recursive: true });
    writeFileSync(join(part, `module_number_${index}.py`), `${word} = ${index}\n`);
  }
  writeFileSync(join(folder, `${name}.yaml`), product(name));
}

describe.skipIf(!whole)(`a package of ${count} files${whole ? '' : `, ${leftOut}`}`, () => {
  let program = '';
  beforeAll(() => {
    aTree('one', 'value');
    aTree('two', 'other');
    program = oneFile(join(import.meta.dirname, '../../src/cli.ts'), folder);
    // VmHWM, as `peakMegabytes` has it, told by the process itself at its end.
    writeFileSync(
      join(folder, 'peak.cjs'),
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'peak'))},
        /VmHWM:\\s+(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'))[1]));`,
    );
  });

  /** The exit code of a call, and its peak of memory in MB. */
  function cost(...argv: readonly string[]) {
    const args = ['--require', join(folder, 'peak.cjs'), program, 'msi', ...argv];
    const env = { ...process.env, ORIEL_CACHE: join(folder, 'cache') };
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return {
      status,
      stderr,
      megabytes: Math.round(Number(readFileSync(join(folder, 'peak'), 'utf8')) / 1024),
    };
  }

  test.each([
    ['build', ['build', 'one.yaml', '--out', 'one.msi'], 0],
    ['build', ['build', 'two.yaml', '--out', 'two.msi'], 0],
    ['lint', ['lint', 'one.msi'], 0],
    ['diff', ['diff', 'one.msi', 'two.msi'], 3],
    ['extract', ['extract', 'one.msi', 'out'], 0],
  ] as const)('oriel msi %s takes at most 400 MB (msi row 17)', (_, argv, code) => {
    const { status, stderr, megabytes } = cost(...argv);
    expect(status, stderr.slice(-2000)).toBe(code);
    process.stdout.write(`msi ${argv.join(' ')}: ${megabytes} MB\n`);
    expect(megabytes).toBeLessThanOrEqual(maxMegabytes);
  });
});
