import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { CallError } from '../../../src/errors.ts';
import type { AgentCall, Session } from '../../../src/session/session.ts';
import type { Share } from '../../../src/site/deployment.ts';
import type { CheckResult } from '../../../src/verify/check.ts';
import { storageChecks } from '../../../src/verify/checks/storage/index.ts';
import { runChecks } from '../../../src/verify/run-checks.ts';
import { deploymentOf, facts, uses } from './harness.ts';

export const script = 'C:\\Program Files\\oriel\\glance\\launcher\\oriel_probe.py';

/** A node with a Task Scheduler that starts the probe on this machine. */
export interface ProbeNode {
  readonly calls: readonly AgentCall[];
  readonly tasks: ReadonlyMap<string, AgentCall>;
  readonly session: Session;
}

export interface ProbeNodeOptions {
  /** The file of this machine for a path of the node. */
  readonly here: (path: string) => string;
  /** Starts the probe with the arguments of its task. */
  readonly start: (words: readonly string[]) => ChildProcess;
  /** Calls that the node refuses, and with which words. */
  readonly refusals?: Readonly<Record<string, string>>;
}

export function aProbeNode({ here, start, refusals = {} }: ProbeNodeOptions): ProbeNode {
  const programs: ChildProcess[] = [];
  const calls: AgentCall[] = [];
  const tasks = new Map<string, AgentCall>();
  const functions = { ...filesOf(here), ...tasksOf(tasks, programs, start) };
  const never = () => Promise.reject(new Error('no files'));
  const session: Session = {
    ...{ node: 'glance-1', kind: 'node', put: never, get: never, close: async () => {} },
    hello: { hello: 1, agent: '1', powershell: '5.1', pid: 1, platform: 'windows' },
    async call<Result>(call: AgentCall): Promise<Result> {
      calls.push(call);
      const act = functions[call.call];
      if (!act) throw new CallError('glance-1', call.call, 'CommandNotFoundException', 'not here');
      const refusal = refusals[call.call];
      if (refusal !== undefined) throw new CallError('glance-1', call.call, 'COMException', refusal);
      return act(call) as Result;
    },
  };
  return { calls, tasks, session };
}

type Functions = Readonly<Record<string, (call: AgentCall) => unknown>>;

function filesOf(here: (path: string) => string): Functions {
  const file = ({ path }: AgentCall): string => here(String(path));
  return {
    'Get-Facts': () => facts,
    'Get-FileState': (call) => ({ kind: existsSync(file(call)) ? 'file' : 'absent' }),
    'Get-FileContent': (call) =>
      existsSync(file(call))
        ? { exists: true, content: readFileSync(file(call)).toString('base64') }
        : { exists: false },
    'Set-File': (call) => void writeFileSync(file(call), ''),
    'Remove-Path': (call) => void rmSync(file(call), { force: true }),
  };
}

function tasksOf(
  tasks: Map<string, AgentCall>,
  programs: ChildProcess[],
  start: ProbeNodeOptions['start'],
): Functions {
  return {
    'Set-DailyTask': (call) => void tasks.set(String(call.name), call),
    'Start-Task'({ name }) {
      const line = String(tasks.get(String(name))?.arguments).match(/"[^"]*"|\S+/g) ?? [];
      programs.push(start(line.map((word) => word.replaceAll('"', ''))));
      return null;
    },
    'Remove-ScheduledTask'({ name }) {
      if (!tasks.delete(String(name))) return { removed: false };
      for (const program of programs) program.kill('SIGKILL');
      return { removed: true };
    },
  };
}

/** What STO-27, the throughput and the end of the probe say of glance-1; `others`: sessions of further nodes. */
export async function probed(
  { session }: ProbeNode,
  program: object = {},
  share: Partial<Share> = {},
  others: readonly (readonly [string, Session])[] = [],
): Promise<readonly CheckResult[]> {
  const probe = { python: 'C:\\python.exe', script, folder: 'C:\\logs', ...program };
  const deployment = deploymentOf(share, { probeSize: 3_000_000 });
  const [use] = uses;
  const ids = ['STO-27', 'STO-38', 'probe-end'];
  const own = use ? [{ ...use, probe }] : [];
  const checks = storageChecks(deployment, own).filter(({ id }) => ids.includes(id.split('/')[2] ?? ''));
  const connections = new Map<string, Session>([['glance-1', session], ...others]);
  return runChecks(checks, { connections, emit: () => {}, signal: new AbortController().signal });
}
