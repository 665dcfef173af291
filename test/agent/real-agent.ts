import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { agentLaunch } from '../../src/session/agent-link/launch.ts';
import type { AgentLines } from './conversation.ts';
import { countedAgent, notesFolder } from './lines/noted.ts';

/** A PowerShell that can be started here, any number of times. */
export interface PowerShell {
  readonly title: string;
  /** Whether it has Windows around it. */
  readonly isWindows: boolean;
  /** What is made of the line with the agent's source on its way; default: nothing. */
  readonly sourceLine?: (line: string) => string;
  /** The file that its agents note their lines in, as they see it; absent: they are not counted. */
  readonly noted?: string;
  readonly start: (
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ) => Promise<RunningShell>;
}

export interface RunningShell {
  readonly input: Writable;
  readonly output: Readable;
  readonly words: Readable;
  /** Its exit code, when it has ended. */
  readonly ended: Promise<number | null>;
}

const isWindows = process.platform === 'win32';

const onPath = [isWindows ? 'powershell' : 'pwsh', 'pwsh'].find(
  (name) => spawnSync(name, ['-NoProfile', '-Command', '1'], { stdio: 'ignore' }).status === 0,
);

/** The PowerShell on the PATH; undefined: there is none. */
export const shell: PowerShell | undefined = onPath === undefined ? undefined : ofThisMachine(onPath);

/** A PowerShell of this machine, by its name or path. */
export function ofThisMachine(name: string): PowerShell {
  const start: PowerShell['start'] = async (args, environment = {}) => {
    const env = { ...process.env, ...environment };
    const child = spawn(name, args, { stdio: ['pipe', 'pipe', 'pipe'], env });
    child.stdin.on('error', () => {}); // it may end without reading
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    return { input: child.stdin, output: child.stdout, words: child.stderr, ended };
  };
  const noted = notesFolder && join(notesFolder, 'pwsh.txt');
  return { title: name, isWindows, start, ...(noted && { noted }) };
}

export interface StartedAgent {
  readonly agent: AgentLines;
  readonly ended: Promise<number | null>;
  /** The last of what it wrote to its standard error. */
  readonly words: () => string;
}

export interface AgentOptions {
  /** The folder of its source; default: ours. */
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the agent in a PowerShell, as an SSH server would with the launch line. */
export async function startAgent(
  { start, noted, sourceLine: change = (line) => line }: PowerShell,
  { directory, environment }: AgentOptions = {},
): Promise<StartedAgent> {
  const { command, sourceLine } = agentLaunch(directory ?? (await countedAgent(noted)));
  const { input, output, words, ended } = await start(command.split(' ').slice(1), environment);
  input.write(change(sourceLine));
  const close = async (): Promise<void> => {
    input.end();
    await ended;
  };
  return {
    agent: { send: (line) => void input.write(`${line}\n`), lines: createInterface(output), close },
    ended,
    words: endOf(words),
  };
}

/** Reads a stream to its end; what it gives tells the last 4,000 characters. */
export function endOf(stream: Readable): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(-4000);
  });
  return () => text;
}
