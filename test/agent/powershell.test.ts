import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { agentLaunch } from '../../src/session/agent-link/launch.ts';
import { agentContract } from './contract.ts';
import type { AgentLines } from './conversation.ts';

const windows = process.platform === 'win32';
const shell = [windows ? 'powershell' : 'pwsh', 'pwsh'].find(
  (name) => spawnSync(name, ['-NoProfile', '-Command', '1'], { stdio: 'ignore' }).status === 0,
);
const base = join(tmpdir(), `oriel-contract-${process.pid}`);

function start(name: string): { child: ChildProcess; agent: AgentLines } {
  const { command, sourceLine } = agentLaunch();
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

if (shell === undefined)
  describe.skip('the contract of the agent: no pwsh on the PATH, so the real agent does not run here', () => {
    it('runs', () => {});
  });
else {
  agentContract({
    title: shell,
    platform: windows ? 'windows' : 'linux',
    base,
    open: async () => start(shell).agent,
  });

  describe(`the agent on ${shell}`, () => {
    it('ends at the end of input, in the middle of a call, with what the call started', async () => {
      const { child, agent } = start(shell);
      const lines = agent.lines[Symbol.asyncIterator]();
      await lines.next();
      const program = windows
        ? { file: 'ping.exe', arguments: ['-n', '300', '127.0.0.1'] }
        : { file: '/bin/sh', arguments: ['-c', 'echo $$; exec sleep 300'] };
      agent.send(JSON.stringify({ id: 1, call: 'Invoke-Process', ...program, timeout: 300, stream: true }));
      const pid = Number(JSON.parse((await lines.next()).value).message);
      await agent.close();
      expect(child.exitCode).toBe(0);
      if (!windows) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    }, 60_000);
  });
}
