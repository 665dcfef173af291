import { setTimeout as sleep } from 'node:timers/promises';
import { recoverableServices, serviceState, startService, type WineServiceState } from './control.ts';
import { commandsOf, processesOf } from './life.ts';
import { readRecovery } from './recovery.ts';

/** Seconds that a service may take to start. */
const timeoutSeconds = 200;

/**
 * Stands for what the service manager of Windows does when a service fails, as Wine's does nothing: from its first start on, a
 * service that is gone without a stop, or (with `onError`) stopped with an error, is started again as its recovery says. Goes on
 * until `signal`. The process of a service is looked for on this machine, as to ask Wine each second would cost more. One that is
 * killed itself, and not its program, stays as it was for Wine 8, and here too.
 */
async function recoverService(
  prefix: string,
  name: string,
  signal: AbortSignal,
  seen: () => void,
): Promise<void> {
  const failures: number[] = [];
  let program = '';
  let ran = false;
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal, ref: false });
  const checkState = async (): Promise<void> => {
    program ||= programOf(await serviceState(prefix, name));
    const runs = program !== '' && commandsOf(prefix).some((command) => command.includes(program));
    // A start that fails is a failure as well.
    ran = ran && !runs ? await recover(prefix, name, failures, pause) : runs;
    if (ran) seen();
  };
  while (!signal.aborted) {
    // A Wine that has no time to answer now is asked again.
    await checkState().catch(() => {});
    await pause(500).catch(() => {});
  }
}

/** The path of the program in the command line of a service. */
function programOf({ path = '' }: WineServiceState): string {
  return /^"([^"]+)"|^(\S+)/.exec(path)?.slice(1).find(Boolean) ?? '';
}

export interface ServiceRecovering {
  /** Fulfilled when the service has been seen to run: from then on it is held to its recovery. */
  readonly watch: (name: string) => Promise<void>;
  /** Watches every service that has a recovery, whoever gave it one and starts it. */
  readonly watchAll: () => Promise<void>;
  readonly end: () => void;
}

/** Holds each service that is watched to its recovery, until the end. */
export function startRecovery(prefix: string): ServiceRecovering {
  const ending = new AbortController();
  const watched = new Map<string, Promise<void>>();
  const watch = (name: string): Promise<void> => {
    const seen =
      watched.get(name) ??
      new Promise<void>((done) => void recoverService(prefix, name, ending.signal, done));
    watched.set(name, seen);
    return seen;
  };
  return {
    watch,
    watchAll: () => watchAll(prefix, watch, ending.signal),
    end: () => ending.abort(),
  };
}

/** Asks Wine when programs came or went, as that costs more than to look at the processes of this machine. */
async function watchAll(
  prefix: string,
  watch: (name: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let last = '';
  while (!signal.aborted) {
    const programs = processesOf(prefix).join();
    if (programs !== last)
      await recoverableServices(prefix)
        .then((names) => {
          for (const name of names) void watch(name);
          last = programs;
        })
        .catch(() => {});
    await sleep(1000, undefined, { signal, ref: false }).catch(() => {});
  }
}

/** Gives whether it was started again, or tried to. */
async function recover(
  prefix: string,
  name: string,
  failures: number[],
  pause: (ms: number) => Promise<void>,
): Promise<boolean> {
  const { actions, reset, onError } = await readRecovery(prefix, name);
  if (!failed(await serviceState(prefix, name), onError)) return false;
  const now = Date.now();
  if (now - (failures.at(-1) ?? now) > reset * 1000) failures.length = 0;
  failures.push(now);
  const [action, delay] = (actions[failures.length - 1] ?? actions.at(-1) ?? 'none/0').split('/');
  if (action !== 'restart') return false;
  await pause(Number(delay));
  // Somebody may have been faster, or may have disabled it.
  if (!failed(await serviceState(prefix, name), onError)) return false;
  await start(prefix, name, pause);
  return true;
}

/** Wine says 1053 of a process that did not come up within 10 s, as on a busy machine; Windows gives it 30. */
async function start(prefix: string, name: string, pause: (ms: number) => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + timeoutSeconds * 1000; Date.now() < deadline; await pause(500)) {
    const error = await startService(prefix, name, timeoutSeconds).then(() => '', String);
    if (!error.includes('1053')) return;
  }
}

/** 1067 (ERROR_PROCESS_ABORTED): its process ended without a word; 1077: it has never been started. */
function failed({ status, exitCode = 0 }: WineServiceState, onError: boolean): boolean {
  return status === 'Stopped' && (exitCode === 1067 || (onError && exitCode !== 0 && exitCode !== 1077));
}
