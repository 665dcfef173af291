import type { ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, endOf, runOriel, startOriel } from './oriel.ts';

/** A sandbox and a site of its own, far from the demo's addresses and ports. */
export interface World {
  readonly folder: string;
  readonly site: string;
  readonly sandbox: string;
  readonly oriel: (...args: readonly string[]) => Promise<Ended>;
  /** Runs a verb until a line of its output pleases, then kills it with SIGKILL. Gives false when it ended before. */
  readonly killWhen: (matches: (line: string) => boolean, ...args: readonly string[]) => Promise<boolean>;
  /** The same with Ctrl-C, which it may answer; gives how it ended. */
  readonly interruptWhen: (matches: (line: string) => boolean, ...args: readonly string[]) => Promise<Ended>;
  /** Runs a verb to its end, and does something once a line of its output pleases. */
  readonly doWhen: (
    matches: (line: string) => boolean,
    act: () => void,
    ...args: readonly string[]
  ) => Promise<Ended>;
  readonly close: () => Promise<void>;
}

/** Makes the world below a temporary folder and brings its sandbox up. `host` is the second byte of 127.x.0.2. */
export async function openWorld(host: number, flags: readonly string[] = []): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-e2e-'));
  const sandbox = join(folder, 'sandbox');
  const site = join(folder, 'site.yaml');
  const oriel = (...args: readonly string[]): Promise<Ended> => runOriel(args, folder);
  const close = async (): Promise<void> => {
    await oriel('sandbox', 'down', '--directory', sandbox);
    await rm(folder, { recursive: true, force: true });
  };
  const up = ['sandbox', 'up', '--directory', sandbox, '--address', `127.${host}.0.2`, '--json', ...flags];
  // Taken ports are replaced by free ones, so a demo may run beside this.
  const result = await oriel(...up, '--with', 'keystone,mariadb');
  if (result.code !== 0) {
    await close();
    throw new Error(`the sandbox did not come up:\n${result.stderr}`);
  }
  await mkdir(folder, { recursive: true });
  await writeFile(site, await siteText(JSON.parse(result.stdout), host));
  return { folder, site, sandbox, oriel, ...verbsIn(folder), close };
}

function verbsIn(folder: string): Pick<World, 'killWhen' | 'interruptWhen' | 'doWhen'> {
  const begin = async (
    matches: (line: string) => boolean,
    act: (child: ChildProcess) => void,
    args: readonly string[],
  ): Promise<readonly [Ended, boolean]> => {
    const child = startOriel(args, folder);
    return Promise.all([endOf(child), actOnLine(child, matches, () => act(child))]);
  };
  return {
    killWhen: async (matches, ...args) => (await begin(matches, (child) => child.kill('SIGKILL'), args))[1],
    interruptWhen: async (matches, ...args) =>
      (await begin(matches, (child) => child.kill('SIGINT'), args))[0],
    doWhen: async (matches, act, ...args) => (await begin(matches, act, args))[0],
  };
}

interface Up {
  readonly services: readonly { readonly name: string; readonly url: string }[];
}

/** The demo's site with the addresses and ports of this world. */
async function siteText({ services }: Up, host: number): Promise<string> {
  const url = (name: string): string | undefined => services.find((one) => one.name === name)?.url;
  const text = await readFile('examples/demo/site.yaml', 'utf8');
  return text
    .replaceAll('../../.oriel/sandbox', 'sandbox')
    .replace('storage:\n', 'storage:\n  checks: { probe_size: 1MiB }\n')
    .replaceAll('127.0.0.2', `127.${host}.0.2`)
    .replaceAll('127.0.0.3', `127.${host}.0.3`)
    .replace(/http:.*v3/, url('keystone') ?? '$&')
    .replace(/mysql\+pymysql:.*$/m, url('mariadb') ?? '$&');
}

function actOnLine(
  child: ChildProcess,
  matches: (line: string) => boolean,
  act: () => void,
): Promise<boolean> {
  let rest = '';
  let hit = false;
  child.stdout?.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (hit || !lines.some(matches)) return;
    hit = true;
    act();
  });
  return new Promise((done) => child.on('close', () => done(hit)));
}
