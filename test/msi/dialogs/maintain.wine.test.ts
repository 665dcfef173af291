import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInWine } from '../../../src/sandbox/wine/prefix.ts';
import { whole } from '../../extent.ts';
import { hasWine, makePrefix, type TestPrefix } from '../../sandbox/wine/wine.ts';
import { hasCompiler } from '../../service/compiler.ts';
import { buildClock, clockFolder } from './clock.ts';
import { type Display, hasDisplay, keepPicture, showWindows, startDisplay, startSetup } from './display.ts';

const runs = hasWine && hasCompiler && hasDisplay && whole;

/** An action in the transaction that always fails. */
const failing = {
  name: 'FailOnPurpose',
  call: { directory: 'System64Folder', command: '"[System64Folder]cmd.exe" /c exit 1' },
  place: { after: 'InstallFiles' },
  execute: 'deferred',
} as const;

describe.skipIf(!runs).each([
  [
    'en',
    96,
    {
      next: 'alt+n',
      accept: 'alt+a',
      go: 'alt+i',
      change: 'alt+c',
      repair: 'alt+p',
      yes: 'alt+y',
    },
  ],
] as const)('every page of the clock in %s at %i dpi', (language, dpi, keys) => {
  let display: Display;
  let folder: string;
  let node: TestPrefix;
  beforeAll(async () => {
    folder = clockFolder();
    display = await startDisplay();
    node = await makePrefix();
    showWindows(node.prefix, dpi);
    await buildClock(folder, join(node.drive, 'clock.msi'), language);
    await buildClock(folder, join(node.drive, 'failing.msi'), language, { actions: [failing] });
  });
  afterAll(async () => {
    await node?.end();
    display?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const log = () => join(node.drive, 'setup.log');
  const below = (path: string) => {
    const found = join(node.drive, path);
    return existsSync(found) ? readdirSync(found, { recursive: true }).map(String) : [];
  };
  const start = async (name: string, ...args: readonly string[]) => {
    rmSync(log(), { force: true });
    const setup = await startSetup(display, node.prefix, [
      ...args,
      `C:\\${name}.msi`,
      '/l*v',
      'C:\\setup.log',
    ]);
    const shown = (page: string) => keepPicture(setup, `${name}-${language}-${dpi}-${page}`);
    /** Waits for the last page: the log tells when Windows Installer opens it. */
    const last = async () => {
      await expect.poll(() => readFileSync(log(), 'latin1')).toMatch(/: (EndDlg|FailureDlg)\b/);
      await setup.settled();
    };
    return { ...setup, shown, last };
  };

  /** From the welcome to the page `pages` further on. */
  const pages = [[keys.next], ['space', keys.next], [keys.next], [keys.next], [keys.next]];
  const walk = async (name: string, count: number) => {
    const setup = await start(name, '/i');
    setup.shown('0');
    for (const [i, turn] of pages.slice(0, count).entries()) {
      await setup.press(...turn.slice(0, -1));
      await setup.turn(...turn.slice(-1));
      setup.shown(String(i + 1));
    }
    return setup;
  };

  test('cancel on each leaves nothing', async () => {
    for (let count = 0; count <= pages.length; count++) {
      const setup = await walk('clock', count);
      await setup.turn('Escape');
      setup.shown('cancel');
      await setup.turn(keys.yes);
      setup.shown('user-exit');
      await setup.press('Return');
      expect(await setup.ended).toBe(1602 & 0xff);
      expect(below('Program Files/Example')).toEqual([]);
      expect(below('ProgramData/Example')).toEqual([]);
    }
  });

  test('a failing installation says why, and leaves nothing', async () => {
    const setup = await walk('failing', pages.length);
    await setup.turn(keys.go);
    await setup.last();
    setup.shown('failure');
    await setup.press('Return');
    expect(await setup.ended).not.toBe(0);
    expect(below('Program Files/Example').filter((name) => name.endsWith('.exe'))).toEqual([]);
  });

  /** Installs it without pages; gives its program. */
  const installed = async () => {
    const only = ['/i', 'C:\\clock.msi', 'ADDLOCAL=Service', '/qn'];
    expect((await runInWine(node.prefix, 'msiexec.exe', only)).exitCode).toBe(0);
    return join(node.drive, 'Program Files/Example/Clock/bin/clock.exe');
  };

  test('change and repair are ways through pages', async () => {
    const program = await installed();
    const change = await start('clock', '/i');
    change.shown('maintenance');
    await change.turn(keys.change);
    // Wine does not take the state of features along in this mode, so that nothing is chosen here.
    change.shown('change');
    await change.turn(keys.next);
    change.shown('change-ready');
    await change.turn(keys.go);
    await change.last();
    await change.press('Return');
    expect(await change.ended).toBe(0);
    expect(existsSync(program)).toBe(true);

    rmSync(program);
    const repair = await start('clock', '/i');
    await repair.turn(keys.repair);
    repair.shown('repair-ready');
    await repair.turn(keys.go);
    await repair.last();
    await repair.press('Return');
    expect(await repair.ended).toBe(0);
    expect(existsSync(program)).toBe(true);
  });
});

describe.skipIf(!runs)('an installation without dialogs', () => {
  test('ends the same with and without them', async () => {
    const folder = clockFolder();
    const ends = [];
    for (const hasUi of [true, false]) {
      const node = await makePrefix();
      await buildClock(folder, join(node.drive, 'clock.msi'), 'en', {}, hasUi);
      const { exitCode } = await runInWine(node.prefix, 'msiexec.exe', [
        '/i',
        'C:\\clock.msi',
        'INTERVAL=7',
        '/qn',
      ]);
      const files = readdirSync(join(node.drive, 'Program Files/Example'), { recursive: true })
        .map(String)
        .sort();
      const query = await runInWine(node.prefix, 'reg.exe', ['query', 'HKLM\\Software\\Example Ltd', '/s']);
      const service = await runInWine(node.prefix, 'reg.exe', [
        'query',
        'HKLM\\System\\CurrentControlSet\\Services\\example-clock',
      ]);
      ends.push({ exitCode, files, remembered: query.stdout, service: service.stdout });
      await node.end();
    }
    rmSync(folder, { recursive: true, force: true });
    expect(ends[0]).toEqual(ends[1]);
    expect(ends[0]).toMatchObject({ exitCode: 0 });
    expect(ends[0]?.remembered).toMatch(/INTERVAL\s+REG_SZ\s+7/);
  });
});
