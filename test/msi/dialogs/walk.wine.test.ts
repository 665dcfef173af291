import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasWine, makePrefix, type TestPrefix } from '../../sandbox/wine/wine.ts';
import { hasCompiler } from '../../service/compiler.ts';
import { buildClock, clockFolder } from './clock.ts';
import { type Display, hasDisplay, keepPicture, showWindows, startDisplay, startSetup } from './display.ts';

describe.skipIf(!hasWine || !hasCompiler || !hasDisplay)('the pages of the clock', () => {
  let display: Display;
  let folder: string;
  let node: TestPrefix;
  beforeAll(async () => {
    folder = clockFolder();
    display = await startDisplay();
    node = await makePrefix();
    showWindows(node.prefix, 96);
    await buildClock(folder, join(node.drive, 'clock.msi'));
  });
  afterAll(async () => {
    await node?.end();
    display?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const installed = () =>
    existsSync(join(node.drive, 'Program Files/Example'))
      ? readdirSync(join(node.drive, 'Program Files/Example'), { recursive: true })
      : [];
  const start = () => startSetup(display, node.prefix, ['/i', 'C:\\clock.msi', '/l*v', 'C:\\setup.log']);

  test('leave nothing behind when they are cancelled, by keys alone', async () => {
    const setup = await start();
    await setup.turn('Escape');
    await setup.turn('alt+y');
    await setup.press('Return');
    expect(await setup.ended).toBe(1602 & 0xff);
    expect(installed()).toEqual([]);
  });

  test('lead from the welcome to a service that runs, by keys alone', async () => {
    const setup = await start();
    const shown = (page: string) => keepPicture(setup, `clock-${page}`);
    shown('welcome');
    await setup.turn('Return');
    await setup.press('space');
    shown('licence');
    await setup.turn('alt+n');
    shown('folder');
    await setup.turn('alt+n');
    shown('features');
    await setup.turn('alt+n');
    await setup.type('0');
    shown('settings');
    await setup.turn('alt+n');
    shown('problems');
    await setup.press('Return');
    await setup.press('shift+Tab', 'shift+Tab');
    await setup.type('1');
    await setup.turn('alt+n');
    shown('ready');
    await setup.turn('alt+i');
    shown('progress');
    await setup.next();
    shown('end');
    await setup.press('Return');
    expect(await setup.ended).toBe(0);
    expect(installed()).toContain('Clock/bin/clock.exe');
    const written = join(node.drive, 'ProgramData/Example/Clock/clock.txt');
    await expect.poll(() => existsSync(written) && readFileSync(written, 'utf8')).toMatch(/\d\d:\d\d/);
  });
});
