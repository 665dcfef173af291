import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CharmFlavour } from '../../src/charm/model/charm.ts';
import { hasAnyCompiler } from '../service/compiler.ts';
import { type Ended, runOriel } from './oriel.ts';

/** Where the toy component is, from the root of a tree of this program. */
const toy = join('test', 'fixtures', 'components', 'clock');

/** Why no package of the clock can be made here. */
export const noClock = hasAnyCompiler ? undefined : 'no mingw-w64 compiles its program';

/** A program with the clock in its registry, and a folder with a sandbox of one node and a site file. */
export interface ClockWorld {
  readonly folder: string;
  /** Drive C: of the node. */
  readonly drive: string;
  readonly oriel: (...args: readonly string[]) => Promise<Ended>;
  /** The same; throws where it does not end well. Gives standard output. */
  readonly ok: (...args: readonly string[]) => Promise<string>;
  readonly close: () => Promise<void>;
}

/**
 * Bundles the program of the tree `root` with the clock, compiles that and brings the sandbox up. `host` is the second byte of
 * 127.x.0.2.
 */
export async function openClockWorld(
  root: string,
  host: number,
  flags: readonly string[],
): Promise<ClockWorld> {
  const program = bundleClock(root);
  const folder = mkdtempSync(join(tmpdir(), 'oriel-clock-'));
  const oriel = (...args: readonly string[]): Promise<Ended> => runOriel(args, folder, program);
  const ok = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await oriel(...args);
    if (code !== 0) throw new Error(`oriel ${args.join(' ')} ended with ${code}:\n${stderr}\n${stdout}`);
    return stdout;
  };
  const close = async (): Promise<void> => {
    await oriel('sandbox', 'down', '--directory', 'sandbox');
    await rm(folder, { recursive: true, force: true });
  };
  const kind = flags.includes('--simulated') ? 'simulated' : 'wine';
  const drive = join(folder, 'sandbox', 'nodes', 'glance-1', kind, 'drive_c');
  const place = ['--directory', 'sandbox', '--nodes', '1', '--address', `127.${host}.0.2`];
  try {
    await ok('sandbox', 'up', ...place, ...flags);
    await writeFile(join(folder, 'site.yaml'), siteText('toy', '2024.1', host));
  } catch (error) {
    await close();
    throw error;
  }
  return { folder, drive, oriel, ok, close };
}

/** Makes the program of the tree `root` with the clock in its registry. Gives its file. */
function bundleClock(root: string): string {
  const program = join(root, 'dist', 'clock', 'oriel.cjs');
  const bundle = ['scripts/bundle.mjs', '--with', toy, '--out', program];
  execFileSync(process.execPath, bundle, { cwd: root, stdio: 'pipe' });
  if (!noClock) compileClock(join(root, toy));
  return program;
}

export interface BuiltClock {
  /** The archive of its charm. */
  readonly charm: string;
  readonly msi: string;
}

/** What a Juju user gets of the clock: its charm and its package, made in a folder by the program that has it. */
export async function buildClock(folder: string, flavour: CharmFlavour, host = 0): Promise<BuiltClock> {
  const program = bundleClock(process.cwd());
  await writeFile(join(folder, 'site.yaml'), siteText('toy', '2024.1', host));
  for (const args of [
    ['build', 'site.yaml'],
    ['charm', 'build', 'clock', '--flavour', flavour],
  ]) {
    const { code, stderr } = await runOriel(args, folder, program);
    if (code !== 0) throw new Error(`oriel ${args.join(' ')} ended with ${code}:\n${stderr}`);
  }
  const built = readdirSync(join(folder, 'dist'));
  const named = (ending: string): string =>
    join(folder, 'dist', built.find((name) => name.endsWith(ending)) ?? '');
  return { charm: named('.charm'), msi: named('.msi') };
}

/** A site with a clock on the node of the sandbox; `others` are lines below `components`. */
export function siteText(name: string, release: string, host: number, others = ''): string {
  return `name: ${name}
release: "${release}"
components:
  clock:
    label: toy
    interval: 1s
    options: { display: { seconds: true } }
${others}nodes:
  defaults:
    via: ssh
    port: 2222
    user: oriel
    identity: sandbox/id_ed25519
    known_hosts: sandbox/known_hosts
  clock-1: { address: 127.${host}.0.2 }
rollout: { settle: 0s }
`;
}

/** The program beside its product file, whole or not at all. */
function compileClock(folder: string): void {
  const [source, made] = [join(folder, 'clock.c'), join(folder, `clock-${process.pid}.exe`)];
  execFileSync('x86_64-w64-mingw32-gcc', ['-O2', '-s', '-Wl,--no-insert-timestamp', '-o', made, source]);
  renameSync(made, join(folder, 'clock.exe'));
}
