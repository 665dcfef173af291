import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { whole } from '../extent.ts';
import { converse, requestLine } from './conversation.ts';
import { expectNumberedLines } from './numbered.ts';
import { type PowerShell, startAgent } from './real-agent.ts';

/** Calls until nothing grows that is not a leak, and those that show one. */
const calls = whole ? { warm: 4_000, more: 6_000 } : { warm: 2_000, more: 2_000 };

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

    it('ends with its last words where an error belongs to no call', async () => {
      const sourceLine = (line: string): string => {
        const source = gunzipSync(Buffer.from(line, 'base64')).toString();
        const broken = source.replace(
          'function Send-Message($Message) {',
          "$& if ($Message['id'] -eq 2) { throw 'no words left' };",
        );
        expect(broken).not.toBe(source);
        return `${gzipSync(broken).toString('base64')}\n`;
      };
      const { agent, ended, words } = await startAgent({ ...(await open()), sourceLine });
      const lines = (async () => {
        const all: string[] = [];
        for await (const line of agent.lines) all.push(line);
        return all;
      })();
      for (const id of [1, 2, 3]) agent.send(requestLine({ id, call: 'Get-FileState', path: '/none' }));
      expect(await ended).toBe(1);
      await expect.poll(words).toContain('the agent failed: no words left');
      // The signs of life, and the first answer.
      expect(await lines).toHaveLength(3);
    });

    it('carries out a numbered line once, and only whole', async () => {
      await expectNumberedLines((await startAgent(await open())).agent);
    });

    it(`keeps its memory over ${calls.warm + calls.more} calls`, async ({ skip }) => {
      const shell = await open();
      if (shell.isWindows) skip('measured where the system tells the memory of a process');
      const agent = await converse((await startAgent(shell)).agent);
      const askFrom = async (first: number, count: number): Promise<number> => {
        for (let id = first; id < first + count; id += 1)
          await agent.ask(requestLine({ id, call: 'Get-FileState', path: `/none-${id}` }));
        return residentBytes(Number(agent.hello.pid));
      };
      const warm = await askFrom(0, calls.warm);
      expect((await askFrom(calls.warm, calls.more)) - warm).toBeLessThan(32 * 2 ** 20);
      await agent.close();
    });
  });
}

function residentBytes(pid: number): number {
  const [, kilobytes = ''] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
