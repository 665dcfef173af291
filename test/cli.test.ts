import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { verbs } from '../src/commands/index.ts';

const root = join(import.meta.dirname, '..');
const site = `name: images
release: "2024.2"
storage: { shares: { images: { kind: smb, path: '\\\\files.example.org\\images' } } }
components:
  glance:
    database: { connection: "mysql+pymysql://glance@db.example.org/glance" }
    stores: { images: { share: images, default: true } }
nodes:
  glance-1: { address: 127.0.0.9, via: ssh, user: oriel }
`;

/** Runs the program as a user would, without a terminal; `deaf` closes its standard output at once. */
async function oriel(args: readonly string[], deaf = false) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/cli.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  if (deaf) child.stdout.destroy();
  else child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...output };
}

const folder = mkdtempSync(join(tmpdir(), 'oriel-cli-'));
afterAll(() => rm(folder, { recursive: true }));

async function aSite(): Promise<string> {
  const path = join(folder, 'site.yaml');
  await writeFile(path, site);
  return path;
}

describe('oriel', { timeout: 60_000 }, () => {
  test('without arguments prints its help, with every verb', async () => {
    const { code, stdout } = await oriel([]);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: oriel');
    for (const verb of ['plan', 'apply', 'verify', 'status', 'remove'])
      expect(stdout).toMatch(new RegExp(`^  ${verb} `, 'm'));
    expect(verbs.length).toBeGreaterThan(10);
  });

  test('a verb that is none is bad input', async () => {
    const { code, stderr } = await oriel(['plam', 'site.yaml']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('plan')]);
  });

  test('apply without a built package says what to type', async () => {
    const path = await aSite();
    const { code, stderr } = await oriel(['apply', path]);
    expect(code).toBe(1);
    expect(stderr).toContain(`oriel build ${path}`);
  });

  test('remove does nothing where nobody can be asked', async () => {
    const { code, stderr } = await oriel(['remove', await aSite()]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('add --yes')]);
  });

  test('a node that is not there is bad input, with the nearest', async () => {
    const { code, stderr } = await oriel(['plan', await aSite(), '--node', 'glance-2']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('`glance-1`')]);
  });

  test('a size that is none is bad input', async () => {
    const { code, stderr } = await oriel(['verify', await aSite(), '--size', 'much']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('8MiB')]);
  });

  test('is quiet when nobody reads its output', async () => {
    expect(await oriel(['schema'], true)).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
