import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'vitest';
import { wineCommand, wineEnvironment } from '../../../src/sandbox/wine/wine.ts';
import type { Display } from './display.ts';

/** The installer on a display: what it shows, and keys for it. */
export interface Setup {
  /** Presses keys one after another in the window in front. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** Replaces the text of the field that has the focus. */
  readonly type: (text: string) => Promise<void>;
  /** Clicks a place of the window in front, in pixels from its corner. */
  readonly click: (x: number, y: number) => Promise<void>;
  /** Presses keys and waits until another window is in front. */
  readonly turn: (...keys: readonly string[]) => Promise<void>;
  /** Waits for a window behind the one that was in front last, as Windows opens it by itself. */
  readonly next: () => Promise<void>;
  /** Waits until nothing moves any more. */
  readonly settled: () => Promise<void>;
  /** What people read: texts of controls and rows of lists, without what is typed. */
  readonly texts: () => readonly string[];
  /** Keeps a picture of the window in front. */
  readonly picture: (file: string) => void;
  /** The end of the installer: low 8 bits of its exit code. */
  readonly ended: Promise<number>;
}

const reader = 'window-texts.exe';

/** Compiles the program behind `texts` onto a drive. */
export function bringReader(drive: string): void {
  const source = join(import.meta.dirname, 'window-texts.c');
  execFileSync('x86_64-w64-mingw32-gcc', ['-std=c11', '-s', '-o', join(drive, reader), source]);
}

/** Starts msiexec with its windows on a display. */
export async function startSetup({ name }: Display, prefix: string, args: readonly string[]): Promise<Setup> {
  const [file, ...words] = await wineCommand();
  const env = { ...wineEnvironment(prefix), DISPLAY: name };
  const start = { env, cwd: prefix };
  const child = spawn(file, [...words, 'msiexec.exe', ...args], { ...start, stdio: 'ignore' });
  const texts = () =>
    spawnSync(file, [...words, `C:\\${reader}`], { ...start, encoding: 'utf8' })
      .stdout.split(/\r?\n/)
      .filter(Boolean);
  const setup = { ...controls(name, child), texts };
  await setup.next();
  return setup;
}

function controls(display: string, child: ChildProcess): Omit<Setup, 'texts'> {
  const env = { ...process.env, DISPLAY: display };
  const run = (file: string, ...args: readonly string[]) =>
    spawnSync(file, args, { env, encoding: 'buffer' }).stdout;
  const search = () => run('xdotool', 'search', '--onlyvisible', '--name', 'Setup').toString().split('\n');
  const front = () => Math.max(0, ...search().map(Number));
  let shown = 0;
  const settled = async () => {
    let before = '';
    await expect
      .poll(() => {
        const now = createHash('sha1')
          .update(run('import', '-window', 'root', '-silent', 'gray:-'))
          .digest('hex');
        const same = now === before;
        before = now;
        return same;
      })
      .toBe(true);
  };
  const next = async () => {
    const last = shown;
    const look = () => {
      shown = front();
      return [0, last].includes(shown);
    };
    await expect.poll(look).toBe(false);
    await settled();
  };
  const strike = (key: string) => {
    run('xdotool', 'windowfocus', '--sync', String(front()));
    run('xdotool', 'key', '--clearmodifiers', key);
  };
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) {
      strike(key);
      await settled();
    }
  };
  return {
    ...{ press, next, settled },
    async type(text) {
      await press('End', 'shift+Home');
      run('xdotool', 'type', '--clearmodifiers', text);
      await settled();
    },
    async click(x, y) {
      run('xdotool', 'mousemove', '--window', String(front()), String(x), String(y), 'click', '1');
      await settled();
    },
    async turn(...keys) {
      await press(...keys.slice(0, -1));
      shown = front();
      // Not settled before the next page was seen: that of the progress may be gone by then.
      for (const key of keys.slice(-1)) strike(key);
      await next();
    },
    picture: (file) => {
      // Without a window, `import` would wait for somebody to point at one.
      const window = front() || 'root';
      run('import', '-window', String(window), '-silent', '-colors', '64', file);
    },
    ended: new Promise((done) => child.on('exit', (code) => done(code ?? 255))),
  };
}
