import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { wineCommand, wineEnvironment } from '../../../src/sandbox/wine/wine.ts';

/** Whether this machine can show windows to nobody, and press keys in them. */
export const hasDisplay = ['Xvfb', 'xdotool', 'import'].every(
  (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0,
);

/** An X server of our own, without a window manager: Wine draws frames itself. */
export interface Display {
  readonly name: string;
  readonly stop: () => void;
}

export async function startDisplay(): Promise<Display> {
  const args = ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp', '-noreset'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((done, fail) => {
    server.on('error', fail);
    server.on('exit', (code) => fail(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3]?.on('data', (chunk: Buffer) => done(chunk.toString().trim()));
  });
  server.removeAllListeners('exit');
  return { name: `:${number}`, stop: () => server.kill() };
}

/** Lets the programs of a prefix that was not started yet show windows, with letters for `dpi`. */
export function showWindows(prefix: string, dpi: number): void {
  const file = join(prefix, 'user.reg');
  const text = readFileSync(file, 'utf8').replace('"Graphics"="null"', '"Graphics"="x11"');
  const more = [
    '[Software\\\\Wine\\\\X11 Driver]',
    '"Managed"="N"',
    '',
    '[Control Panel\\\\Desktop]',
    `"LogPixels"=dword:${dpi.toString(16).padStart(8, '0')}`,
  ];
  writeFileSync(file, `${text}\n${more.join('\n')}\n`);
}

/** The installer on a display: what it shows, and keys for it. */
export interface Setup {
  /** Presses keys one after another in the window in front. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** Replaces the text of the field that has the focus. */
  readonly type: (text: string) => Promise<void>;
  /** Presses keys and waits until another window is in front. */
  readonly turn: (...keys: readonly string[]) => Promise<void>;
  /** Waits for a window behind the one that was in front last, as Windows opens it by itself. */
  readonly next: () => Promise<void>;
  /** Waits until nothing moves any more. */
  readonly settled: () => Promise<void>;
  /** Keeps a picture of the window in front. */
  readonly picture: (file: string) => void;
  /** The end of the installer: low 8 bits of its exit code. */
  readonly ended: Promise<number>;
}

const pictures = join(import.meta.dirname, '../../../.oriel/installer');

/** Keeps a picture of the window in front in .oriel/installer. */
export function keepPicture(setup: Setup, name: string): void {
  mkdirSync(pictures, { recursive: true });
  setup.picture(join(pictures, `${name}.png`));
}

/** Starts msiexec with its windows on a display. */
export async function startSetup({ name }: Display, prefix: string, args: readonly string[]): Promise<Setup> {
  const [file, ...words] = await wineCommand();
  const env = { ...wineEnvironment(prefix), DISPLAY: name };
  const child = spawn(file, [...words, 'msiexec.exe', ...args], { env, cwd: prefix, stdio: 'ignore' });
  const setup = controls(name, child);
  await setup.next();
  return setup;
}

function controls(display: string, child: ChildProcess): Setup {
  const env = { ...process.env, DISPLAY: display };
  const run = (file: string, ...args: readonly string[]) =>
    spawnSync(file, args, { env, encoding: 'buffer' }).stdout;
  const search = () => run('xdotool', 'search', '--onlyvisible', '--name', 'Setup').toString().split('\n');
  const front = () => Math.max(0, ...search().map(Number));
  let shown = 0;
  const settle = async () => {
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
    await settle();
  };
  const strike = (key: string) => {
    run('xdotool', 'windowfocus', '--sync', String(front()));
    run('xdotool', 'key', '--clearmodifiers', key);
  };
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) {
      strike(key);
      await settle();
    }
  };
  return {
    press,
    next,
    settled: settle,
    async type(text) {
      await press('End', 'shift+Home');
      run('xdotool', 'type', '--clearmodifiers', text);
      await settle();
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
