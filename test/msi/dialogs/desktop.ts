import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { runInWine } from '../../../src/sandbox/wine/prefix.ts';
import { hasWine, makePrefix, type TestPrefix } from '../../sandbox/wine/wine.ts';
import { hasCompiler } from '../../service/compiler.ts';
import { type Display, hasDisplay, showWindows, startDisplay } from './display.ts';
import { bringReader, type Setup, startSetup } from './setup.ts';

/** Languages, and dots per inch: every page is walked through in each. */
export const variants = [
  ['en', 96],
  ['en', 144],
  ['de', 96],
  ['de', 144],
] as const;

/** Whether installers can be walked through here. */
export const canWalk = hasWine && hasCompiler && hasDisplay;

const log = 'setup.log';
const pictures = join(import.meta.dirname, '../../../.oriel/installer');

/** An installer that is under way. */
export interface Walk extends Setup {
  /** Keeps a picture of the page in .oriel/installer, behind the name of its package. */
  readonly shown: (page: string) => void;
  /** Waits for the last page: the log says when Windows Installer opens it. */
  readonly last: () => Promise<void>;
}

/** A Windows with a display. */
export interface Desktop {
  /** The folder that is `C:\`. */
  readonly drive: () => string;
  readonly prefix: () => string;
  /** Opens the package `C:\NAME.msi`; `as` is what its pictures are called. */
  readonly open: (name: string, as: string) => Promise<Walk>;
  /** Runs msiexec without pages. The display comes along, as the first program decides whether later ones have it. */
  readonly silent: (...args: readonly string[]) => Promise<void>;
  /** Files and folders below a folder of `C:\`. */
  readonly below: (path: string) => readonly string[];
}

/** A Windows with a display for the suite that calls this, which owns the hooks. `bring` puts packages onto its drive. */
export function desktop(dpi: number, bring: (drive: string) => Promise<void>): Desktop {
  let display: Display | undefined;
  let node: TestPrefix | undefined;
  beforeAll(async () => {
    display = await startDisplay(dpi);
    node = await makePrefix();
    showWindows(node.prefix, dpi);
    bringReader(node.drive);
    await bring(node.drive);
  });
  afterAll(async () => {
    await node?.end();
    display?.stop();
  });
  return desktopOf(() => {
    if (!display || !node) throw new Error('the suite has not begun');
    return { display, ...node };
  });
}

function desktopOf(made: () => TestPrefix & { readonly display: Display }): Desktop {
  return {
    drive: () => made().drive,
    prefix: () => made().prefix,
    async open(name, as) {
      const { display, drive, prefix } = made();
      rmSync(join(drive, log), { force: true });
      const args = ['/i', `C:\\${name}.msi`, '/l*v', `C:\\${log}`];
      return walk(await startSetup(display, prefix, args), join(drive, log), as);
    },
    async silent(...args) {
      const { display, prefix } = made();
      const env = { DISPLAY: display.name };
      const { exitCode } = await runInWine(prefix, 'msiexec.exe', [...args, '/qn'], { env });
      expect(exitCode, args.join(' ')).toBe(0);
    },
    below(path) {
      const folder = join(made().drive, path);
      return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : [];
    },
  };
}

function walk(setup: Setup, logFile: string, as: string): Walk {
  return {
    ...setup,
    shown(page) {
      mkdirSync(pictures, { recursive: true });
      setup.picture(join(pictures, `${as}-${page}.png`));
    },
    async last() {
      // An installation of some thousand files takes minutes; it is watched by its log.
      let length = 0;
      const ended = () => /: (EndDlg|FailureDlg)\b/.test(readFileSync(logFile, 'latin1'));
      const moved = () => {
        const before = length;
        length = readFileSync(logFile).length;
        return length > before;
      };
      while (!ended()) await expect.poll(() => ended() || moved(), { interval: 300 }).toBe(true);
      await setup.settled();
    },
  };
}
