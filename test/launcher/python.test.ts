import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFile } from '../../src/data-files.ts';
import { findUv } from '../../src/payload/uv.ts';
import { run } from '../../src/process.ts';

const folder = join(import.meta.dirname, 'python');
const environment = { PYTHONPATH: dataFile('msi', 'launcher'), PYTHONDONTWRITEBYTECODE: '1' };
const hasPython =
  spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0;
const uv = await findUv().catch(() => undefined);

/** Runs a file of unit tests and shows what failed. */
async function unittest(
  file: string,
  args: readonly string[],
): Promise<{ readonly exitCode: number; readonly stderr: string }> {
  const [program = 'python3', ...rest] = [...args, join(folder, file), '-v'];
  return run(program, rest, { env: environment, accept: [0, 1] });
}

describe('the launcher in Python', () => {
  it.skipIf(!hasPython)('pure parts', async () => {
    const { exitCode, stderr } = await unittest('test_pure.py', ['python3']);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toMatch(/Ran \d+ tests/);
  });

  it.skipIf(!uv)(
    'parts with eventlet, of the oldest and the newest Glance',
    async () => {
      for (const version of ['0.33.3', '0.36.1']) {
        const with_ = [
          'run',
          '--no-project',
          '--quiet',
          '--python',
          '3.11',
          '--with',
          `eventlet==${version}`,
          'python',
        ];
        const { exitCode, stderr } = await unittest('test_server.py', [uv ?? '', ...with_]);
        expect(exitCode, `eventlet ${version}\n${stderr}`).toBe(0);
      }
    },
    120_000,
  );
});
