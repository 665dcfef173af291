import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentFailure } from '../agent/failure/agent-failure.ts';
import type { NodeServiceState } from '../node/backing.ts';
import { endGroup, type HostCommand } from '../node/host-process.ts';
import { type RegisteredService, readState, writeState } from './node-state.ts';

/** What stands for a service of the node on this machine. */
export interface ServiceProgram extends HostCommand {
  /** Takes its output. */
  readonly log: string;
  /** Whether it does its work already; asked until it does. */
  readonly ready: () => Promise<boolean>;
}

export interface SimulatedServices {
  readonly state: (name: string) => NodeServiceState;
  readonly set: (name: string, status: 'Running' | 'Stopped', timeout: number) => Promise<void>;
  readonly change: (
    name: string,
    settings: Pick<Partial<RegisteredService>, 'startMode' | 'recovery' | 'account' | 'dependencies'>,
  ) => void;
  readonly stopAll: () => Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number>;
}

interface Manager {
  readonly root: string;
  readonly running: Map<string, Running>;
  /** Of the last run of each. */
  readonly exitCodes: Map<string, number>;
  readonly programOf: (service: RegisteredService) => Promise<ServiceProgram>;
}

/** Of a service while the fault `service-start-fails` is on, as the Python of a Wine node ends with it. */
const faultExitCode = 70;

/** The service manager of a simulated node: its services are processes of this machine, each in its own group. */
export function simulatedServices(root: string, programOf: Manager['programOf']): SimulatedServices {
  const manager: Manager = { root, running: new Map(), exitCodes: new Map(), programOf };
  return {
    state: (name) => stateOf(manager, name),
    set: async (name, status, timeout) => {
      const service = registered(root, name);
      if (!service) throw notFound(name);
      await (status === 'Running' ? start(manager, service, timeout) : stop(manager, service, timeout));
    },
    change: (name, settings) => {
      const registration = registered(root, name);
      if (!registration) throw notFound(name);
      const state = readState(root);
      const services = state.services.map((each) =>
        each.name === registration.name ? { ...each, ...settings } : each,
      );
      writeState(root, { ...state, services });
    },
    stopAll: async () => {
      for (const { child } of manager.running.values()) endGroup(child);
      await Promise.all([...manager.running.values()].map(({ ended }) => ended));
    },
  };
}

function registered(root: string, name: string): RegisteredService | undefined {
  return readState(root).services.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

/** Of a service that nobody has set otherwise. */
const noRecovery = { actions: [], reset: 0, onError: false };

function stateOf({ root, running, exitCodes }: Manager, name: string): NodeServiceState {
  const service = registered(root, name);
  if (!service) return { exists: false };
  const { startMode, account, path, recovery = noRecovery, dependencies = [] } = service;
  const known = { exists: true, startMode, account, path, recovery, dependencies };
  const pid = running.get(service.name)?.child.pid;
  if (pid !== undefined) return { ...known, status: 'Running', pid };
  const exitCode = exitCodes.get(service.name);
  const last = exitCode === undefined ? {} : { exitCode };
  return { ...known, status: 'Stopped', ...last };
}

async function start(manager: Manager, service: RegisteredService, timeout: number): Promise<void> {
  const { running, exitCodes } = manager;
  const { name, startMode } = service;
  if (running.has(name)) return;
  if (startMode === 'Disabled') throw failed(service, 'it is disabled');
  if (existsSync(join(manager.root, 'service-start-fails'))) {
    exitCodes.set(name, faultExitCode);
    throw failed(service, `exit code ${faultExitCode}`);
  }
  const program = await manager.programOf(service);
  const child = spawnService(program);
  const ended = new Promise<number>((resolve) => {
    child.on('close', (code) => resolve(code ?? 1));
    child.on('error', () => resolve(1));
  });
  running.set(name, { child, ended });
  void ended.then((code) => {
    running.delete(name);
    exitCodes.set(name, code);
  });
  for (const deadline = Date.now() + timeout * 1000; !(await program.ready()); await sleep(200)) {
    if (!running.has(name))
      throw failed(service, `it ended with exit code ${exitCodes.get(name)}; see ${program.log}`);
    if (Date.now() > deadline)
      throw failed(service, `it is not ready after ${timeout} s; see ${program.log}`);
  }
}

async function stop(
  { running, exitCodes }: Manager,
  { name }: RegisteredService,
  timeout: number,
): Promise<void> {
  const held = running.get(name);
  if (!held) return;
  endGroup(held.child, 'SIGTERM');
  await Promise.race([held.ended, sleep(timeout * 1000, undefined, { ref: false })]);
  endGroup(held.child);
  await held.ended;
  exitCodes.set(name, 0);
}

function notFound(name: string): AgentFailure {
  return new AgentFailure('ServiceNotFound', `there is no service ${name}`, 'ObjectNotFound');
}

function spawnService({ file, arguments: args, directory, environment, log }: ServiceProgram): ChildProcess {
  mkdirSync(dirname(log), { recursive: true });
  const out = openSync(log, 'a');
  try {
    return spawn(file, args, {
      cwd: directory,
      env: environment,
      stdio: ['ignore', out, out],
      detached: true,
    });
  } finally {
    closeSync(out);
  }
}

function failed({ name }: RegisteredService, why: string): AgentFailure {
  return new AgentFailure('ServiceFailed', `${name} did not start: ${why}`, 'OperationTimeout');
}
