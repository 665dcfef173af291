import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/process.ts';
import { type ClockWorld, noClock, openClockWorld, siteText } from './clock-world.ts';

const host = 82;
const glance = 'src/components/glance/';
const registry = 'src/components/index.ts';
/** What the program is made from, with its data. */
const parts = ['src', 'scripts', 'agent', 'msi', 'templates', 'package.json', 'tsconfig.json'];

/** The tracked files of this tree without Glance and its place in the registry. */
function treeWithoutGlance(): string {
  const tree = mkdtempSync(join(tmpdir(), 'oriel-without-glance-'));
  const listed = ['ls-files', '-z', '--', ...parts, 'test/fixtures/components'];
  const files = execFileSync('git', listed, { encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files) if (!file.startsWith(glance)) cpSync(file, join(tree, file));
  symlinkSync(resolve('node_modules'), join(tree, 'node_modules'));
  const text = readFileSync(registry, 'utf8');
  const without = text.replace(/^import .*'\.\/glance\/index\.ts';\n/m, '').replace('[glance, ', '[');
  expect(without.length).toBeLessThan(text.length);
  writeFileSync(join(tree, registry), without);
  const include = ['src', 'scripts', 'test/fixtures/components'];
  writeFileSync(join(tree, 'types.json'), JSON.stringify({ extends: './tsconfig.json', include }));
  return tree;
}

describe('the program without Glance', () => {
  const tree = treeWithoutGlance();
  let world: ClockWorld;

  beforeAll(async () => {
    world = await openClockWorld(tree, host, ['--simulated']);
  });
  afterAll(async () => {
    await world?.close();
    rmSync(tree, { recursive: true, force: true });
  });

  test('has types that fit', async () => {
    const tsc = ['node_modules/typescript/bin/tsc', '--noEmit', '--project', 'types.json'];
    const { stdout } = await run(process.execPath, tsc, { cwd: tree, accept: [0, 1, 2] });
    expect(stdout).toBe('');
  });

  test('knows the other component alone', async () => {
    expect(await world.ok('options', 'clock')).toContain('display.local');
    const { code, stderr } = await world.oriel('options', 'glance');
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('clock is the only one'),
    });
    expect(await world.ok('upgrade', '--help')).toContain('2024.1, 2024.2');
    await world.ok('init', 'new.yaml');
    expect(readFileSync(join(world.folder, 'new.yaml'), 'utf8')).toMatch(/^ {2}clock:$/m);
    expect(await world.ok('validate', 'new.yaml')).toContain('clock on 2 nodes (clock-1, clock-2)');
  });

  test('validates and renders its site', async () => {
    expect(await world.ok('validate', 'site.yaml')).toContain('clock on 1 node (clock-1)');
    await world.ok('render', 'site.yaml');
    writeFileSync(join(world.folder, 'other.yaml'), siteText('toy', '2024.1', host, '  glance: {}\n'));
    expect((await world.oriel('validate', 'other.yaml')).stdout).toMatch(/other\.yaml:8:3: .*`glance`/);
  });

  test.skipIf(noClock)(`builds and plans it${noClock ? `: ${noClock}` : ''}`, async () => {
    await world.ok('build', 'site.yaml');
    const { steps } = JSON.parse(await world.ok('plan', 'site.yaml', '--format', 'json'));
    expect(steps.map(({ id }: { readonly id: string }) => id)).toContain(
      'clock-1/clock/service/example-clock',
    );
    expect((await world.oriel('plan', 'site.yaml', '--check')).code).toBe(3);
  });
});
