import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { dataFile } from '../../src/data-files.ts';
import { buildMsi } from '../../src/msi/build/build.ts';
import type { MsiModel } from '../../src/msi/model/model.ts';

const found = (program: string) => spawnSync('which', [program]).status === 0;
export const hasWine = found('wine') && found('wineserver');
export const hasMingw = found('x86_64-w64-mingw32-gcc') && found('x86_64-w64-mingw32-windres');
export const hasSigner = found('osslsigncode') && found('openssl');

/** A Windows of its own, in a temporary directory. */
export interface Prefix {
  /** The folder that is `C:\` inside. */
  readonly drive: string;
  /** Runs a line of cmd.exe; gives its full exit code (Unix sees only the low byte) and what it printed. */
  readonly cmd: (line: string) => Promise<{ code: number; output: string }>;
  readonly end: () => void;
}

const wineFree = { WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree,mshtml=', DISPLAY: undefined };

/** Makes an empty Wine prefix; takes about ten seconds. */
export async function makePrefix(): Promise<Prefix> {
  const root = mkdtempSync(join(tmpdir(), 'oriel-msi-wine-'));
  const prefix = join(root, 'prefix');
  const env = { ...process.env, ...wineFree, WINEPREFIX: prefix };
  await runToFile('wineboot', ['-i'], env, join(root, 'boot.txt'));
  // The service manager of the first boot cannot start services yet.
  await runToFile('wineserver', ['-w'], env, join(root, 'boot.txt'));
  const drive = join(prefix, 'drive_c');
  mkdirSync(join(drive, 'test'));
  let count = 0;
  return {
    drive,
    async cmd(line) {
      const name = `run${++count}`;
      writeFileSync(join(drive, 'test', `${name}.bat`), `@echo off\r\n${line}\r\necho EC=%ERRORLEVEL%\r\n`);
      const log = join(root, `${name}.txt`);
      await runToFile('wine', ['cmd', '/c', `C:\\test\\${name}.bat`], env, log);
      const output = readFileSync(log, 'latin1');
      return { code: Number(/EC=(\d+)/.exec(output)?.[1] ?? Number.NaN), output };
    },
    end() {
      spawnSync('wineserver', ['-k'], { env });
      spawnSync('wineserver', ['-w'], { env });
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Output goes to a file: a service started on the way would keep a pipe open for ever. */
function runToFile(file: string, args: string[], env: NodeJS.ProcessEnv, log: string): Promise<void> {
  const fd = openSync(log, 'w');
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ['ignore', fd, fd] });
    child.on('error', reject);
    child.on('exit', () => {
      closeSync(fd);
      resolve();
    });
  });
}

/** Builds a model into `C:\\test\\NAME` of a prefix and gives that path. */
export async function place({ drive }: Prefix, name: string, model: MsiModel): Promise<string> {
  await buildMsi(model, join(drive, 'test', name));
  return `C:\\test\\${name}`;
}

/** Runs msiexec silently and expects its exit code; the end of its log tells why when it is another one. Gives the log. */
export async function msiexec({ drive, cmd }: Prefix, args: string, expected: number): Promise<string> {
  const path = join(drive, 'test', 'log.txt');
  rmSync(path, { force: true });
  const { code } = await cmd(`msiexec ${args} /qn /l*v C:\\test\\log.txt`);
  const log = existsSync(path) ? readFileSync(path, 'latin1') : '';
  expect(code, `msiexec ${args}\n${code === expected ? '' : log.slice(-4000)}`).toBe(expected);
  return log;
}

const fixtures = new URL('fixtures/', import.meta.url).pathname;
const same = ['-O2', '-s', '-Wl,--no-insert-timestamp'];

/** Compiles the service of the example, with a version, into `<into>/service.exe`. */
export function compileService(into: string): void {
  const object = join(into, 'version.o');
  execFileSync('x86_64-w64-mingw32-windres', [join(fixtures, 'version.rc'), object]);
  const args = [dataFile('examples', 'clock', 'clock.c'), object, ...same, '-o', join(into, 'service.exe')];
  execFileSync('x86_64-w64-mingw32-gcc', args);
}

/** Compiles what custom actions run into `<into>/record.exe` and `<into>/record.dll`. */
export function compileRecorders(into: string): void {
  const source = join(fixtures, 'record.c');
  execFileSync('x86_64-w64-mingw32-gcc', [source, ...same, '-o', join(into, 'record.exe')]);
  const library = ['-shared', '-DLIBRARY', '-o', join(into, 'record.dll')];
  execFileSync('x86_64-w64-mingw32-gcc', [source, ...same, ...library, '-lmsi']);
}
