import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildError } from '../../errors.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import { wineCommand, wineEnvironment } from './wine.ts';

/** Our program in every prefix, which does there what Wine has no command for. */
export const winectl = 'C:\\windows\\system32\\winectl.exe';

export interface WineRunOptions {
  /** Added to the environment of the prefix. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
  /** Milliseconds; past it the program and all it started are ended. */
  readonly timeout?: number;
  /** Windows path. */
  readonly directory?: string;
  readonly signal?: AbortSignal;
  readonly onOutput?: (chunk: Buffer, stream: 'stdout' | 'stderr') => void;
}

export interface WineRunResult {
  /** All 32 bits, as Windows has it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/**
 * Runs a Windows program in a prefix to its end; what it started and left behind ends with it (services are the service
 * manager's). `file` is found as CreateProcess finds it; each argument reaches it as it is. Throws BuildError when the
 * program cannot be started, or when `signal` ended it.
 */
export async function runInWine(
  prefix: string,
  file: string,
  args: readonly string[],
  options: WineRunOptions = {},
): Promise<WineRunResult> {
  const { env, input, timeout = 0, directory = '-', signal, onOutput } = options;
  const note = `run-${randomUUID()}.json`;
  const rest = ['run', `C:\\windows\\temp\\${note}`, directory, String(timeout), file, ...args];
  const notePath = join(prefix, 'drive_c/windows/temp', note);
  try {
    const { stdout, stderr } = await spawnWine(prefix, rest, {
      ...(env && { env }),
      ...(input !== undefined && { input }),
      ...(signal && { signal }),
      ...(onOutput && { onOutput }),
    });
    if (signal?.aborted) throw new BuildError(`${file} was ended`);
    return { ...noteOf(notePath, file), stdout, stderr };
  } finally {
    rmSync(notePath, { force: true });
  }
}

/** What `winectl run` says of the end of a program, in the file `path`. Throws BuildError when it says that there was none. */
export function noteOf(path: string, file: string): { exitCode: number; timedOut: boolean } {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // Said below.
  }
  if (!text) throw new BuildError(`${file}: Wine ended before the program did`);
  const note = JSON.parse(text) as { exitCode?: number; timedOut?: boolean; error?: number };
  if (note.exitCode === undefined)
    throw new BuildError(`${file} cannot be started: Windows error ${note.error}`);
  return { exitCode: note.exitCode, timedOut: note.timedOut === true };
}

async function spawnWine(
  prefix: string,
  args: readonly string[],
  options: Omit<WineRunOptions, 'timeout' | 'directory'>,
): Promise<{ stdout: string; stderr: string }> {
  const [file, ...before] = await wineCommand();
  const child = spawn(file, [...before, winectl, ...args], {
    env: { ...wineEnvironment(prefix), ...options.env },
    cwd: join(prefix, 'drive_c'),
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const end = () => child.kill('SIGKILL');
  options.signal?.addEventListener('abort', end);
  if (options.signal?.aborted) end();
  child.stdin?.on('error', () => {}); // the program may end without reading
  child.stdin?.end(options.input);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout.push(chunk);
    options.onOutput?.(chunk, 'stdout');
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr.push(chunk);
    options.onOutput?.(chunk, 'stderr');
  });
  await ended(child);
  options.signal?.removeEventListener('abort', end);
  return { stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') };
}

/** Ended and read to the end; a pipe that somebody else in Wine holds open is given up soon after the program is gone. */
function ended(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    child.on('error', (error) => fail(new BuildError(`Wine cannot be started: ${error.message}`)));
    child.on('close', () => done());
    child.on('exit', () => {
      setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        done();
      }, 1000).unref();
    });
  });
}

/**
 * Asks winectl: one JSON object; its `error` becomes a BuildError. Where addresses cannot be fixed (wineCommand), it may end without
 * a word: it is asked again, as no question and no order of winectl does harm twice.
 */
async function askControl<Answer>(prefix: string, args: readonly string[]): Promise<Answer> {
  let result = await spawnWine(prefix, args, {});
  if (result.stdout + result.stderr === '') result = await spawnWine(prefix, args, {});
  let answer: { error?: number; message?: string };
  try {
    answer = JSON.parse(result.stdout);
  } catch {
    throw new BuildError(`winectl ${args.join(' ')} gave no answer: ${result.stdout}${result.stderr}`);
  }
  if (answer.error !== undefined) throw new BuildError(`${answer.message} (Windows error ${answer.error})`);
  return answer as Answer;
}

export interface WineServiceState {
  readonly exists: boolean;
  readonly status?: NonNullable<AgentResults['Get-ServiceState']['status']>;
  readonly startMode?: NonNullable<AgentResults['Get-ServiceState']['startMode']>;
  readonly account?: string;
  /** The command line of the service. */
  readonly path?: string;
  /** Process id inside Wine; 0 when it does not run. */
  readonly pid?: number;
  /** Of the last run: the service's own code where it gave one, else Windows'. 1077: never started. */
  readonly exitCode?: number;
  readonly checkPoint?: number;
}

export function serviceState(prefix: string, name: string): Promise<WineServiceState> {
  return askControl(prefix, ['service', name]);
}

/**
 * Starts a service and waits at most `seconds` until it has started or ended; gives what it is then. Wine starts one service at a
 * time and refuses another one meanwhile (1055, ERROR_SERVICE_DATABASE_LOCKED), and it gives up one whose process has not come up
 * within 10 seconds, as on a busy machine (1053, ERROR_SERVICE_REQUEST_TIMEOUT; Windows gives it 30): it is asked again until then.
 */
export async function startService(prefix: string, name: string, seconds = 30): Promise<WineServiceState> {
  for (const deadline = Date.now() + seconds * 1000; ; await sleep(500)) {
    const asked = Date.now();
    try {
      return await askControl(prefix, ['start', name, String(seconds)]);
    } catch (error) {
      const says = (code: number): boolean => String(error).includes(`(Windows error ${code})`);
      // Wine says 1053 as well of one that ended before it looked, and that soon.
      const late = says(1053) && Date.now() - asked >= timeToComeUp;
      if (!(late || says(1055)) || Date.now() > deadline) throw error;
    }
  }
}

/** Milliseconds that Wine's service manager gives a process. */
const timeToComeUp = 10_000;

export function stopService(prefix: string, name: string, seconds = 30): Promise<WineServiceState> {
  return askControl(prefix, ['stop', name, String(seconds)]);
}

export async function setStartMode(
  prefix: string,
  name: string,
  mode: 'Auto' | 'Manual' | 'Disabled',
): Promise<void> {
  await askControl(prefix, ['mode', name, mode]);
}

/** The password is none of Wine's business: everything in a prefix runs as the user of this machine. */
export async function setAccount(prefix: string, name: string, account: string): Promise<void> {
  await askControl(prefix, ['account', name, account]);
}

export async function setDependencies(
  prefix: string,
  name: string,
  services: readonly string[],
): Promise<void> {
  await askControl(prefix, ['depend', name, ...services]);
}

export interface WineProduct {
  readonly productCode: string;
  readonly version: string;
  readonly name: string;
  readonly installLocation: string;
}

/** Installed MSI products that belong to an upgrade code (`{GUID}`). */
export async function msiProducts(prefix: string, upgradeCode: string): Promise<readonly WineProduct[]> {
  return (await askControl<{ products: WineProduct[] }>(prefix, ['products', upgradeCode])).products;
}

export interface WineProcess {
  readonly pid: number;
  readonly parent: number;
  /** `python.exe` */
  readonly name: string;
}

/** Everything that runs in a prefix, with the numbers that processes have inside Wine. */
export async function wineProcesses(prefix: string): Promise<readonly WineProcess[]> {
  return (await askControl<{ processes: WineProcess[] }>(prefix, ['processes'])).processes;
}

/** Names of the services for which something is to be done when they fail. */
export async function recoverableServices(prefix: string): Promise<readonly string[]> {
  return (await askControl<{ services: string[] }>(prefix, ['recoverable'])).services;
}

export interface WineRegistryValue {
  readonly exists: boolean;
  readonly type?: 'String' | 'ExpandString' | 'MultiString' | 'DWord' | 'QWord' | 'Binary';
  readonly value?: string | number | readonly string[] | readonly number[];
}

/** A value of a key (`HKLM\...`); without `name`, whether the key exists and its default value. */
export function readRegistryValue(prefix: string, key: string, name?: string): Promise<WineRegistryValue> {
  return askControl(prefix, name === undefined ? ['registry', key] : ['registry', key, name]);
}
