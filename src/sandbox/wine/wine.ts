import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { BuildError } from '../../errors.ts';
import { run } from '../../process.ts';

/** Debian's `/usr/bin/wine` is a shell script that complains about 32 bits on stderr; the program behind it is quiet. */
const debianPlaces = ['/usr/lib/wine/wine64'];

/** Path of a 64-bit Wine loader, or undefined where there is none (`whyNoWine` says what to do). `ORIEL_WINE` names another. */
export async function wineAvailable(): Promise<string | undefined> {
  const named = process.env.ORIEL_WINE;
  if (named !== undefined) return existsSync(named) ? named : undefined;
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const places = [
    ...debianPlaces,
    ...['wine64', 'wine'].flatMap((name) => onPath.map((dir) => join(dir, name))),
  ];
  return places.find((place) => existsSync(place));
}

export const whyNoWine = 'Wine (64 bit, 8 or later) is not installed; on Debian: apt-get install wine64';

/** The loader, or a BuildError that says how to get it. */
export async function requireWine(): Promise<string> {
  const wine = await wineAvailable();
  if (!wine) throw new BuildError(whyNoWine, 'install Wine, or use the node without it (simulated)');
  return wine;
}

let mayFix: Promise<boolean> | undefined;

/**
 * The command that starts a Windows program, and before it what keeps the kernel from choosing addresses at random: once in some
 * thousand starts it takes the page that Windows has at 0x7ffe0000, and the program ends before it began ("failed to map the shared
 * user data"). All that is started from there inherits it. Where that is forbidden (some containers), Wine alone.
 */
export async function wineCommand(): Promise<readonly [string, ...string[]]> {
  const wine = await requireWine();
  mayFix ??= run('setarch', ['-R', 'true']).then(
    () => true,
    () => false,
  );
  return (await mayFix) ? ['setarch', '-R', wine] : [wine];
}

/** `wine-8.0` and the like; part of the template's name, because a prefix belongs to the Wine that made it. */
export async function wineVersion(wine: string): Promise<string> {
  const { stdout } = await run(wine, ['--version'], { env: { WINEDEBUG: '-all' } });
  return stdout.trim().split(/\s/)[0] ?? 'wine';
}

/** wineserver of the same Wine; Debian keeps the one without a wrapper script beside the loader. */
export function wineserverOf(wine: string): string {
  const beside = ['wineserver64', 'wineserver'].map((name) => join(dirname(wine), name));
  return beside.find((place) => existsSync(place)) ?? 'wineserver';
}

/**
 * The whole environment of programs in a prefix. Nothing of the caller's comes along but PATH: no display, no secrets, and
 * UTF-8 as Wine's idea of host file names.
 */
export function wineEnvironment(prefix: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: resolve(prefix),
    LC_ALL: 'C.UTF-8',
    WINEPREFIX: resolve(prefix),
    WINEDEBUG: '-all',
    WINEARCH: 'win64',
    // mscoree and mshtml would ask for Mono and Gecko; winemenubuilder writes to the desktop of the host.
    WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d',
  };
}

/** Runs a host program of Wine (wineserver) or a Windows one with its output thrown away; gives the low 8 bits of its exit code. */
export function runQuietly(command: readonly [string, ...string[]], prefix: string): Promise<number> {
  const [file, ...args] = command;
  return new Promise((done, fail) => {
    const child = spawn(file, args, { env: wineEnvironment(prefix), cwd: prefix, stdio: 'ignore' });
    child.on('error', (error) =>
      fail(new BuildError(`${file}: ${error.message}`, undefined, { cause: error })),
    );
    child.on('exit', (code) => done(code ?? 255));
  });
}
