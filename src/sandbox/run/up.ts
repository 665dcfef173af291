import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { BuildError } from '../../errors.ts';
import type { Emit, Fact } from '../../events/events.ts';
import { isRunning, mark } from '../node/processes.ts';
import { inspectPowerShell } from '../powershell/package/inspect.ts';
import { loadScenario } from '../scenario/load.ts';
import { whyNoWine, wineAvailable } from '../wine/prefix.ts';
import { sandboxDown } from './down.ts';
import { checkSettings, nodePlaces, readJson, type SandboxSettings, writeJson } from './settings.ts';
import { readSandboxState, type SandboxState, stateFile } from './state.ts';
import { isTaken, sandboxStatus } from './status.ts';

export interface UpOptions {
  readonly emit: Emit;
  /** How this program is started again, without its arguments; default: as this process was. */
  readonly program?: readonly string[];
}

/** Longest silence while something starts, ms. */
const silenceMs = 1500;

/**
 * Brings a sandbox up in `directory` and gives its state; `already` says that it was up with the same settings. Throws
 * InputError for settings that cannot be, BuildError when it does not come up or is up with others.
 */
export async function sandboxUp(
  directory: string,
  settings: SandboxSettings,
  { emit, program }: UpOptions,
): Promise<SandboxState & { readonly already: boolean }> {
  const folder = resolve(directory);
  checkSettings(settings);
  await loadScenario(settings.scenario);
  if (settings.powershell !== undefined) await checkPowerShell(settings.powershell);
  const found = await sandboxStatus(folder);
  if (found.state && isRunning(found.state.supervisor)) {
    const same = isDeepStrictEqual(await readJson(join(folder, 'sandbox.json')), settings);
    if (!same)
      throw new BuildError(
        `a sandbox with other settings is up in ${directory}`,
        `End it first: oriel sandbox down --directory ${directory}`,
      );
    if (found.healthy) return { ...found.state, already: true };
    emit({
      kind: 'note',
      level: 'warning',
      message: `the sandbox in ${directory} is not healthy and is started anew`,
    });
  }
  await sandboxDown(folder);
  for (const { name, address } of nodePlaces(settings))
    if (await isTaken(address, settings.port))
      throw new BuildError(
        `${name}: ${address}:${settings.port} is taken`,
        'Choose another --port or --address, or end the sandbox that has it.',
      );
  await mkdir(folder, { recursive: true });
  await writeJson(join(folder, 'sandbox.json'), settings);
  for (const file of [stateFile(folder), join(folder, 'progress.jsonl')]) await rm(file, { force: true });
  const child = startSupervisor(folder, program ?? thisProgram());
  return { ...(await follow(folder, child, emit)), already: false };
}

async function checkPowerShell(source: string): Promise<void> {
  await inspectPowerShell(source);
  if (!(await wineAvailable())) throw new BuildError(`PowerShell needs Wine: ${whyNoWine}`);
}

interface Supervisor {
  readonly pid: number | undefined;
  readonly ended: () => boolean;
}

function startSupervisor(directory: string, [file = '', ...args]: readonly string[]): Supervisor {
  const log = openSync(join(directory, 'supervisor.log'), 'w');
  const child = spawn(file, [...args, 'sandbox', 'supervise', directory], {
    env: { ...process.env, [mark]: randomBytes(8).toString('hex') },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  let ended = false;
  child.on('exit', () => {
    ended = true;
  });
  child.on('error', () => {
    ended = true;
  });
  child.unref();
  return { pid: child.pid, ended: () => ended };
}

function thisProgram(): readonly string[] {
  return [process.execPath, ...process.execArgv, process.argv[1] ?? ''];
}

/** Tells what the supervisor does until it is up; says something at least every 1.5 s. */
async function follow(directory: string, supervisor: Supervisor, emit: Emit): Promise<SandboxState> {
  const started = Date.now();
  let reported = 0;
  let spoke = 0;
  let last = 'starting the sandbox';
  for (;;) {
    const facts = await progressOf(directory);
    for (const fact of facts.slice(reported)) {
      emit(fact);
      if ('message' in fact) last = String(fact.message);
      spoke = Date.now();
    }
    reported = facts.length;
    if (Date.now() - spoke > silenceMs) {
      const seconds = Math.round((Date.now() - started) / 1000);
      emit({ kind: 'build-progress', stage: 'sandbox', message: `${last} (${seconds} s)` });
      spoke = Date.now();
    }
    const state = await readSandboxState(directory);
    if (state?.phase === 'up') return state;
    if (state?.phase === 'failed' || supervisor.ended()) throw await failure(directory, state);
    await sleep(100);
  }
}

async function progressOf(directory: string): Promise<readonly Fact[]> {
  const text = await readFile(join(directory, 'progress.jsonl'), 'utf8').catch(() => '');
  // The last line may be half written.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Fact);
}

async function failure(directory: string, state?: SandboxState): Promise<BuildError> {
  const file = join(directory, 'supervisor.log');
  const log = await readFile(file, 'utf8').catch(() => '');
  const why = state?.error ?? (log.trim().split('\n').slice(-15).join('\n') || 'its process ended');
  return new BuildError(`the sandbox in ${directory} did not come up: ${why}`, `More is in ${file}.`);
}
