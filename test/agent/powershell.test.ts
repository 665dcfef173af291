import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentContract } from './contract.ts';
import { shell, startAgent } from './real-agent.ts';

const windows = process.platform === 'win32';
const base = join(tmpdir(), `oriel-contract-${process.pid}`);

if (shell === undefined)
  describe.skip('the contract of the agent: no pwsh on the PATH, so the real agent does not run here', () => {
    it('runs', () => {});
  });
else {
  const name = shell;
  agentContract({
    title: shell,
    platform: windows ? 'windows' : 'linux',
    base,
    open: async () => startAgent(name).agent,
  });

  describe(`the agent on ${shell}`, () => {
    it('ends at the end of input, in the middle of a call, with what the call started', async () => {
      const { child, agent } = startAgent(name);
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
    });
  });
}
