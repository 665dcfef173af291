import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentFailure } from '../agent/failure.ts';
import type { ServiceState, StartMode } from '../backing.ts';
import { endGroup, type HostCommand } from '../host-process.ts';
import { type RegisteredService, readState, writeState } from './node-state.ts';

/** What stands for a service of the node on this machine. */
export interface ServiceProgram extends HostCommand {
  /** Takes its output. */
  readonly log: string;
  /** Whether it does its work already; asked until it does. */
  readonly ready: () => Promise<boolean>;
}

export interface Services {
  readonly state: (name: string) => ServiceState;
  readonly set: (name: string, status: 'Running' | 'Stopped', timeout: number) => Promise<void>;
  readonly setStartMode: (name: string, mode: StartMode) => void;
  readonly stopAll: () => Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number>;
}

/** The service manager of a simulated node: its services are processes of this machine, each in its own group. */
export function simulatedServices(
  root: string,
  programOf: (service: RegisteredService) => Promise<ServiceProgram>,
): Services {
  const running = new Map<string, Running>();
  const exitCodes = new Map<string, number>();
  const find = (name: string): RegisteredService => {
    const service = readState(root).services.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (service) return service;
    throw new AgentFailure('ServiceNotFound', `there is no service ${name}`, 'ObjectNotFound');
  };
  const start = async (service: RegisteredService, timeout: number): Promise<void> => {
    if (running.has(service.name)) return;
    if (service.startMode === 'Disabled') throw failed(service, 'it is disabled');
    const program = await programOf(service);
    const child = spawnService(program);
    const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)));
    running.set(service.name, { child, ended });
    void ended.then((code) => {
      running.delete(service.name);
      exitCodes.set(service.name, code);
    });
    child.on('error', () => {});
    for (const limit = Date.now() + timeout * 1000; !(await program.ready()); await sleep(200)) {
      if (!running.has(service.name))
        throw failed(service, `it ended with exit code ${exitCodes.get(service.name)}; see ${program.log}`);
      if (Date.now() > limit) throw failed(service, `it is not ready after ${timeout} s`);
    }
  };
  const stop = async ({ name }: RegisteredService, timeout: number): Promise<void> => {
    const held = running.get(name);
    if (!held) return;
    endGroup(held.child, 'SIGTERM');
    await Promise.race([held.ended, sleep(timeout * 1000, undefined, { ref: false })]);
    endGroup(held.child);
    await held.ended;
    exitCodes.set(name, 0);
  };
  return {
    state: (name) => {
      const { services } = readState(root);
      const service = services.find((each) => each.name.toLowerCase() === name.toLowerCase());
      if (!service) return { exists: false };
      const { startMode, account, path } = service;
      const held = running.get(service.name);
      const code = exitCodes.get(service.name);
      const now = held ? { status: 'Running', pid: held.child.pid ?? 0 } : { status: 'Stopped' };
      return {
        exists: true,
        startMode,
        account,
        path,
        ...now,
        ...(!held && code !== undefined && { exitCode: code }),
      };
    },
    set: (name, status, timeout) =>
      status === 'Running' ? start(find(name), timeout) : stop(find(name), timeout),
    setStartMode: (name, startMode) => {
      const wanted = find(name).name;
      const state = readState(root);
      const services = state.services.map((each) => (each.name === wanted ? { ...each, startMode } : each));
      writeState(root, { ...state, services });
    },
    stopAll: async () => {
      for (const { child } of running.values()) endGroup(child);
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
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
