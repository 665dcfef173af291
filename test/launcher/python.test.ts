import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { payloadFolder } from '../../src/components/glance/package/package.ts';
import { dataFile } from '../../src/data-files.ts';
import { lockPath } from '../../src/payload/lock/inputs.ts';
import { parseLock } from '../../src/payload/lock/lockfile.ts';
import { findUv } from '../../src/payload/lock/uv.ts';
import { run } from '../../src/process.ts';
import type { Release } from '../../src/site/deployment.ts';

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

  it.skipIf(!uv)('parts with eventlet, of the oldest and the newest Glance', async () => {
    for (const version of ['0.33.3', '0.36.1'])
      for (const file of ['test_server.py', 'test_uploads.py']) await passes(file, [`eventlet==${version}`]);
  });

  it.skipIf(!uv)('parts with the store and the database, of the oldest and the newest Glance', async () => {
    for (const release of ['2023.1', '2024.2'] as const)
      await passes('test_outages.py', lockedVersions(release, usedThere));
  });
});

/** What test_outages.py imports, and what decides whether that works together. */
const usedThere = ['glance-store', 'oslo-config', 'oslo-db', 'oslo-utils', 'pymysql', 'sqlalchemy', 'webob'];

function lockedVersions(release: Release, names: readonly string[]): readonly string[] {
  return parseLock(readFileSync(lockPath(payloadFolder(), release), 'utf8'), release)
    .filter(({ name }) => names.includes(name))
    .map(({ name, version }) => `${name}==${version}`);
}

/** Runs a file of unit tests with packages of the payload. */
async function passes(file: string, packages: readonly string[]): Promise<void> {
  const args = [
    'run',
    '--no-project',
    '--quiet',
    '--python',
    '3.11',
    ...packages.flatMap((each) => ['--with', each]),
  ];
  const { exitCode, stderr } = await unittest(file, [uv ?? '', ...args, 'python']);
  expect(exitCode, `${packages.join(', ')}\n${stderr}`).toBe(0);
}
