import { describe, expect, it } from 'vitest';
import { type PowerShell, startAgent } from './real-agent.ts';

/** Registers tests of what the agent does at moments that are no call. */
export function moments(title: string, open: () => Promise<PowerShell>): void {
  describe(`the agent on ${title}`, () => {
    it('ends at the end of input, in the middle of a call, with what the call started', async () => {
      const shell = await open();
      const { agent, ended } = await startAgent(shell);
      const lines = agent.lines[Symbol.asyncIterator]();
      for (const _ of ['started', 'hello']) await lines.next();
      const program = shell.isWindows
        ? { file: 'cmd.exe', arguments: ['/c', 'echo 0& ping -n 300 127.0.0.1'] }
        : { file: '/bin/sh', arguments: ['-c', 'echo $$; exec sleep 300'] };
      agent.send(JSON.stringify({ id: 1, call: 'Invoke-Process', ...program, timeout: 300, stream: true }));
      const pid = Number(JSON.parse((await lines.next()).value).message);
      await agent.close();
      expect(await ended).toBe(0);
      if (!shell.isWindows) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    });
  });
}
