import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { startPowerShell } from '../../src/sandbox/powershell/start.ts';
import { agentLaunch } from '../../src/session/agent-link/launch.ts';
import { powerShells } from './measure.ts';

/** A PowerShell, however it is started. */
export interface Shell {
  readonly name: string;
  /** A path there at which nothing is. */
  readonly path: string;
  readonly start: (args: readonly string[]) => Promise<Streams>;
  /** Ids of its processes in `/proc`, where what is started is not PowerShell itself. */
  readonly processes?: () => readonly string[];
}

interface Streams {
  readonly input: Writable;
  readonly output: Readable;
  readonly child: ChildProcess;
}

export interface HelloFigures {
  /** Milliseconds until the first output of `-Command 1`, and of the agent. */
  readonly own: number;
  readonly hello: number;
  /** Milliseconds until the answer to the first call, which has been sent with the source. */
  readonly first: number;
}

export const linuxShell: Shell = {
  name: 'PowerShell for Linux',
  path: '/remoting/none',
  async start(args) {
    const child = spawn('pwsh', args, { stdio: ['pipe', 'pipe', 'ignore'] });
    return { input: child.stdin, output: child.stdout, child };
  },
};

/** That of the rig. */
export function wineShell(prefix: string): Shell {
  return {
    name: 'PowerShell for Windows in Wine',
    path: 'C:\\remoting\\none',
    start: (args) => startPowerShell(prefix, args),
    processes: () => powerShells(prefix),
  };
}

const { command, sourceLine } = agentLaunch();
const agentArguments = command.split(' ').slice(1);
const call = (path: string, id: number): string => `${JSON.stringify({ id, call: 'Get-FileState', path })}\n`;

/** Starts both in turn. */
export async function measureHello({ start, path }: Shell): Promise<HelloFigures> {
  const ownArguments = agentArguments.slice(0, agentArguments.indexOf('-EncodedCommand'));
  const begun = performance.now();
  const plain = await start([...ownArguments, '-Command', '1']);
  await once(plain.output, 'data');
  const own = performance.now() - begun;
  await ended(plain);
  const started = performance.now();
  const agent = await start(agentArguments);
  agent.input.write(sourceLine + call(path, 1));
  const lines = createInterface(agent.output)[Symbol.asyncIterator]();
  await lines.next();
  const hello = performance.now() - started;
  await lines.next();
  const first = performance.now() - started;
  await ended(agent);
  return { own, hello, first };
}

export interface CallFigures {
  /** For one call, of the clock. */
  readonly milliseconds: number;
  /** For one call, of the processor: of the agent's process and its threads. */
  readonly cpuMilliseconds: number;
  /** Of the agent's process after a thousand calls, and after all. */
  readonly megabytes: readonly [number, number];
}

/** Sends all calls without waiting for answers, after some that are not counted. */
export async function measureCalls({ start, path, processes }: Shell, count: number): Promise<CallFigures> {
  const others = new Set(processes?.());
  const agent = await start(agentArguments);
  agent.input.write(sourceLine);
  const lines = createInterface(agent.output)[Symbol.asyncIterator]();
  await lines.next();
  const [pid = agent.child.pid] = (processes?.() ?? []).filter((each) => !others.has(each));
  const ask = async (calls: number): Promise<void> => {
    agent.input.write(Array.from({ length: calls }, (_, index) => call(path, index + 1)).join(''));
    for (let each = 0; each < calls; each++) await lines.next();
  };
  await ask(1000);
  const process = unixProcess(pid);
  const before = process();
  const begun = performance.now();
  await ask(count);
  const milliseconds = (performance.now() - begun) / count;
  const after = process();
  await ended(agent);
  const cpuMilliseconds = (after.cpuMilliseconds - before.cpuMilliseconds) / count;
  return { milliseconds, cpuMilliseconds, megabytes: [before.megabytes, after.megabytes] };
}

async function ended({ input, output, child }: Streams): Promise<void> {
  output.resume();
  input.end();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** What Linux says of a process. */
function unixProcess(pid: string | number | undefined): () => { cpuMilliseconds: number; megabytes: number } {
  return () => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    // In hundredths of a second, user and system.
    return { cpuMilliseconds: (Number(stat[11]) + Number(stat[12])) * 10, megabytes: kilobytes / 1024 };
  };
}
