import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Emit } from '../../events/events.ts';
import { lineCutter } from '../../session/agent-link/lines.ts';
import { AgentFailure } from '../agent/failure/agent-failure.ts';
import { readAccess, writeAccess } from '../node/access.ts';
import type {
  Backing,
  NodeProgram,
  NodeServiceState,
  ProgramOptions,
  ProgramResult,
  RegistryData,
} from '../node/backing.ts';
import { hostPathOf } from '../node/host-path.ts';
import { memoryOf } from '../node/memory.ts';
import type { NodeFolder } from '../node/node-folder.ts';
import { type TreeProcess, treeOf } from '../node/process-tree.ts';
import { dependenciesOf } from './dependencies.ts';
import {
  bootPrefix,
  clonePrefix,
  ensureTemplate,
  mapShare,
  msiProducts,
  readRegistryValue,
  runInWine,
  serviceState,
  setAccount,
  setDependencies,
  setStartMode,
  startService,
  stopService,
  type WineServiceState,
  wineProcesses,
} from './prefix.ts';
import { startRecovery } from './recovering.ts';
import { readRecovery, writeRecovery } from './recovery.ts';
import { writeRegistry } from './registry.ts';

/**
 * A node with Wine behind it: its prefix is made when it is not there yet, and is up until `close`. `services`: which are held to their
 * recovery, `own` those that this backing starts and `all` whoever starts them. Throws BuildError.
 */
export async function wineBacking(
  folder: NodeFolder,
  cache: string,
  emit: Emit,
  services: 'own' | 'all' = 'own',
): Promise<Backing> {
  const { root: prefix, shares } = folder;
  if (folder.isNew) await clonePrefix(await ensureTemplate(cache, emit), prefix);
  for (const { path, folder: host } of shares) await mapShare(prefix, path, host);
  const booted = await bootPrefix(prefix);
  await mkdir(join(prefix, 'drive_c', 'ProgramData'), { recursive: true });
  const folders = shares.map((share) => share.folder);
  const recovery = startRecovery(prefix);
  if (services === 'all') void recovery.watchAll();
  return {
    platform: 'wine',
    root: resolve(prefix),
    hostPath: (path) => hostPathOf(prefix, folders, path),
    run: (program, options) => run(prefix, program, options),
    start: async (program, signal = new AbortController().signal) => {
      if (/^[A-Za-z]:/.test(program.file) && !existsSync(hostPathOf(prefix, folders, program.file)))
        throw programNotFound(program.file);
      const started = run(prefix, program, { timeout: 0, signal }).then(({ exitCode }) => exitCode);
      // A bare name that cannot be started says so soon; what runs has this process to hold it.
      await Promise.race([started, new Promise((resolve) => setTimeout(resolve, 500))]);
      return { pid: process.pid, ended: started };
    },
    ...servicesOf(prefix, recovery.watch),
    access: (path) => readAccess(prefix, hostPathOf(prefix, folders, path)),
    setAccess: (path, access) => writeAccess(prefix, hostPathOf(prefix, folders, path), access),
    registry: async (key, name) => {
      const { exists, type, value } = await readRegistryValue(prefix, key, name);
      if (!exists || name === undefined) return { exists };
      const bytes = type === 'Binary' && Array.isArray(value);
      const plain = bytes ? Buffer.from(value as number[]).toString('base64') : value;
      return {
        exists,
        ...(type && { type }),
        ...(plain !== undefined && { value: plain as RegistryData['value'] }),
      };
    },
    setRegistry: (key, name, data) => writeRegistry(prefix, key, name, data),
    products: (upgradeCode) => msiProducts(prefix, upgradeCode),
    memory: memoryOf(prefix),
    close: () => {
      recovery.end();
      return booted.stop();
    },
  };
}

async function processesBelow(prefix: string, service: string): Promise<readonly TreeProcess[]> {
  const { pid } = await serviceState(prefix, service);
  return pid ? treeOf(withLivingParents(await wineProcesses(prefix)), pid) : [];
}

/** Wine lists programs as they were started, and gives numbers away again: what comes before its parent is none of its children. */
function withLivingParents(all: readonly TreeProcess[]): readonly TreeProcess[] {
  const seen = new Set<number>();
  return all.map((each) => {
    const parent = seen.has(each.parent) ? each.parent : 0;
    seen.add(each.pid);
    return { ...each, parent };
  });
}

type WineServices = Pick<
  Backing,
  'service' | 'processes' | 'setService' | 'setStartMode' | 'setRecovery' | 'setAccount' | 'setDependencies'
>;

function servicesOf(prefix: string, watch: (name: string) => Promise<void>): WineServices {
  return {
    service: async (name) => {
      const [state, recovery, dependencies] = await Promise.all([
        serviceState(prefix, name),
        readRecovery(prefix, name),
        dependenciesOf(prefix, name),
      ]);
      return state.exists ? { ...plainState(state), recovery, dependencies } : { exists: false };
    },
    processes: (name) => processesBelow(prefix, name),
    setService: (name, status, timeout) => {
      void watch(name);
      return setService(prefix, name, status, timeout);
    },
    setStartMode: (name, mode) => inWords(name, setStartMode(prefix, name, mode)),
    setRecovery: async (name, recovery) => {
      if (!(await serviceState(prefix, name)).exists) throw notFound(name);
      await writeRecovery(prefix, name, recovery);
    },
    setAccount: (name, account) => inWords(name, setAccount(prefix, name, account)),
    setDependencies: (name, services) => inWords(name, setDependencies(prefix, name, services)),
  };
}

async function run(prefix: string, program: NodeProgram, options: ProgramOptions): Promise<ProgramResult> {
  const { directory, environment } = program;
  const { input, timeout, signal, onLine } = options;
  const cut = onLine && { stdout: lineCutter(onLine, () => {}), stderr: lineCutter(onLine, () => {}) };
  const running = runInWine(prefix, program.file, program.arguments, {
    timeout,
    signal,
    ...(directory !== undefined && { directory }),
    ...(environment && { env: environment }),
    ...(input !== undefined && { input }),
    ...(cut && { onOutput: (chunk: Buffer, stream: 'stdout' | 'stderr') => cut[stream](chunk) }),
  });
  const { timedOut, exitCode, ...output } = await inWords(program.file, running);
  return { ...output, timedOut, exitCode: timedOut ? -1 : exitCode };
}

async function setService(
  prefix: string,
  name: string,
  status: 'Running' | 'Stopped',
  timeout: number,
): Promise<void> {
  const before = await serviceState(prefix, name);
  if (!before.exists) throw notFound(name);
  if (before.status === status) return;
  const change = status === 'Running' ? startService : stopService;
  const after = await inWords(name, change(prefix, name, timeout));
  if (after.status !== status)
    throw new AgentFailure(
      'ServiceFailed',
      `${name} is ${after.status}, exit code ${after.exitCode}`,
      'OperationTimeout',
    );
}

function plainState({ checkPoint: _, pid, exitCode, ...state }: WineServiceState): NodeServiceState {
  // 1077 (ERROR_SERVICE_NEVER_STARTED) is Windows' remark, not the service's own code.
  return { ...state, ...(pid && { pid }), ...(exitCode !== undefined && exitCode !== 1077 && { exitCode }) };
}

function notFound(name: string): AgentFailure {
  return new AgentFailure('ServiceNotFound', `there is no service ${name}`, 'ObjectNotFound');
}

function programNotFound(file: string): AgentFailure {
  return new AgentFailure('ProgramNotFound', `there is no program ${file}`, 'ObjectNotFound');
}

/** Errors of Windows in the words of the agent protocol; the numbers are those of winerror.h. */
async function inWords<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { message } = error as Error;
    const code = Number(/Windows error (\d+)/.exec(message)?.[1]);
    if (code === 1060) throw notFound(what);
    if (/cannot be started/.test(message) && [2, 3, 123, 193, 267].includes(code))
      throw programNotFound(what);
    if (code > 1050 && code < 1080) throw new AgentFailure('ServiceFailed', message, 'NotSpecified');
    throw error;
  }
}
