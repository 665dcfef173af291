import { PassThrough } from 'node:stream';
import type { ServerChannel } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../../src/sandbox/agent/speaker.ts';
import { AgentLink } from '../../src/session/agent-link/link.ts';
import { openSession } from '../../src/session/open/open.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { hello, onRequest, type ScriptedServer, scriptedServer } from './scripted.ts';
import { settingsFor } from './servers.ts';

let folder: string;
let remove: () => Promise<void>;
let server: ScriptedServer | undefined;

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  vi.useRealTimers();
  await server?.close();
  server = undefined;
  await remove();
});

async function openWith(
  agent: (channel: ServerChannel) => void,
  options: Parameters<typeof openSession>[1] = {},
) {
  server = await scriptedServer(agent);
  return openSession(await settingsFor(folder, server.port), options);
}

describe('an agent that does not behave', () => {
  it('may print what is not a message; it is kept and told', async () => {
    const printed: string[] = [];
    const session = await openWith(
      (channel) => {
        channel.write('Welcome to GLANCE-1!\r\n{ not json\n');
        channel.stderr.write('#< CLIXML\r\n<Objs Version="1.1"><Obj S="progress"></Obj></Objs>\r\n');
        channel.stderr.write('<Objs><S S="Error">no &lt;profile&gt;_x000D__x000A_</S></Objs>\n');
        channel.write(hello);
        onRequest(channel, ({ id }) => channel.write(`noise\n{"id":${id},"result":{"kind":"absent"}}\n`));
      },
      { onNoise: (line) => printed.push(line) },
    );
    expect(await session.call({ call: 'Get-FileState', path: 'C:\\x' })).toEqual({ kind: 'absent' });
    expect(printed.sort()).toEqual(['Welcome to GLANCE-1!', '{ not json', 'no <profile>', 'noise'].sort());
    await session.close();
  });

  it('is given up when it says no hello, with what it printed', async () => {
    const failed = openWith((channel) => channel.write('powershell is not recognized\n'), { hello: 2_000 });
    await expect(failed).rejects.toMatchObject({
      kind: 'protocol',
      message: expect.stringContaining('not recognized'),
    });
  });

  it('is refused when it is of another version', async () => {
    const failed = openWith((channel) => channel.write(hello.replace('"agent":"1"', '"agent":"9"')));
    await expect(failed).rejects.toThrow('speaks version 1.9');
  });

  it('that is killed loses every call, with its exit code', async () => {
    const session = await openWith((channel) => {
      channel.write(hello);
      onRequest(channel, () => {
        channel.exit(137);
        channel.close();
      });
    });
    const both = [session.call({ call: 'Get-Facts' }), session.call({ call: 'Get-Facts' })];
    for (const call of both)
      await expect(call).rejects.toMatchObject({ kind: 'lost', message: expect.stringContaining('137') });
    await session.close();
  });

  it('may answer with megabytes, but not with a line above 16 MiB', async () => {
    const line = 'x'.repeat(2 ** 20);
    const counts = [12, 17];
    const session = await openWith((channel) => {
      channel.write(hello);
      onRequest(channel, ({ id }) =>
        channel.write(`${JSON.stringify({ id, result: { lines: Array(counts.shift()).fill(line) } })}\n`),
      );
    });
    const tail = { call: 'Get-FileTail', path: 'C:\\x', lines: 20 };
    expect((await session.call<{ lines: readonly string[] }>(tail)).lines).toHaveLength(12);
    await expect(session.call(tail)).rejects.toMatchObject({ kind: 'protocol' });
    await session.close();
  });
});

describe('the framing', () => {
  it('sends ASCII and takes answers cut anywhere', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const link = new AgentLink('n', { input, output });
    for (const byte of Buffer.from(hello)) output.write(Buffer.from([byte]));
    expect(await link.hello(5000)).toMatchObject({ agent: '1' });
    const answer = link.call({ call: 'Get-FileState', path: 'C:\\\u00fc\u{1f600}' });
    const sent = String(input.read());
    expect(sent).toMatch(/^[\x20-\x7e]+\n$/);
    expect(JSON.parse(sent)).toEqual({ id: 1, call: 'Get-FileState', path: 'C:\\\u00fc\u{1f600}' });
    const line = Buffer.from('{"id":1,"result":"\u00fc"}\r\n');
    output.write(line.subarray(0, 19));
    output.write(line.subarray(19));
    expect(await answer).toBe('\u00fc');
  });

  it('counts the time of a call from when the agent is free for it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const [input, output] = [new PassThrough(), new PassThrough()];
    const link = new AgentLink('n', { input, output });
    const calls = [1, 2, 3].map(() => link.call({ call: 'Get-Facts' }));
    for (const [index, call] of calls.entries()) {
      await vi.advanceTimersByTimeAsync(59_000);
      output.write(`{"id":${index + 1},"result":{}}\n`);
      expect(await call).toEqual({});
    }
    const last = link.call({ call: 'Get-Facts' });
    const late = expect(last).rejects.toMatchObject({ message: 'Get-Facts gave no answer within 60 s' });
    await vi.advanceTimersByTimeAsync(60_000);
    await late;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up a call when the caller does', async () => {
    const link = new AgentLink('n', { input: new PassThrough(), output: new PassThrough() });
    const giveUp = new AbortController();
    const call = link.call({ call: 'Get-Facts' }, { signal: giveUp.signal });
    giveUp.abort(new DOMException('enough', 'AbortError'));
    await expect(call).rejects.toThrow('enough');
    expect(link.idle).toBe(true);
  });

  it('waits for a slow reader instead of filling memory', async () => {
    const node = await aSimulatedNode(folder);
    const [input, output] = [new PassThrough(), new PassThrough()];
    const done = speak(node, input, output);
    input.write('source\n');
    const line = 'y'.repeat(900_000);
    const path = 'C:\\ProgramData\\big.txt';
    input.write(
      `${JSON.stringify({ id: 0, call: 'Set-File', path, content: Buffer.from(line).toString('base64') })}\n`,
    );
    for (let id = 1; id <= 30; id++)
      input.write(`${JSON.stringify({ id, call: 'Get-FileTail', path, lines: 1 })}\n`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(output.readableLength + output.writableLength).toBeLessThan(3_000_000);
    let received = 0;
    output.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > 30 * 900_000) input.end();
    });
    await done;
    expect(received).toBeGreaterThan(30 * 900_000);
  });
});
