import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { agentLaunch } from '../../src/session/agent-link/launch.ts';
import type { AgentLines } from './conversation.ts';

const windows = process.platform === 'win32';

/** The PowerShell on the PATH; undefined: there is none. */
export const shell = [windows ? 'powershell' : 'pwsh', 'pwsh'].find(
  (name) => spawnSync(name, ['-NoProfile', '-Command', '1'], { stdio: 'ignore' }).status === 0,
);

/** Starts the agent whose source is in `directory` (default: ours) in a PowerShell. */
export function startAgent(name: string, directory?: string): { child: ChildProcess; agent: AgentLines } {
  const { command, sourceLine } = agentLaunch(directory);
  const child = spawn(name, command.split(' ').slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new TypeError('the agent has no streams');
  stdin.write(sourceLine);
  const close = async (): Promise<void> => {
    const ended = once(child, 'exit');
    stdin.end();
    await ended;
  };
  return {
    child,
    agent: { send: (line) => stdin.write(`${line}\n`), lines: createInterface(stdout), close },
  };
}
