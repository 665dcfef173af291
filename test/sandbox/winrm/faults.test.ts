import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, basic, openShell, post, receive, run, send, start, textOf, written } from './ask.ts';
import { aWinRmNode, password, type Served } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await aWinRmNode();
});
afterAll(() => served.close());
beforeEach(() => {
  served.faults = {};
});

const hello = (): Promise<{ status: number; body: Buffer; headers: Record<string, unknown> }> =>
  post(served, 'https', '', { Authorization: basic('oriel', password) });

async function aCommand(line: string): Promise<readonly [string, string]> {
  const shell = await openShell(served);
  return [shell, textOf(await start(served, shell, line), 'CommandId') ?? ''];
}

describe('while something is wrong', () => {
  it('cuts a connection that is idle', async () => {
    served.faults = { closeIdleAfter: 1 };
    await hello();
    while (served.server.seen().connections > 0) await sleep(5);
    served.faults = {};
    expect((await hello()).status).toBe(200);
  });

  it('cuts the connection after the work and before the answer', async () => {
    served.faults = { cutBeforeReply: 1 };
    const before = served.server.seen().shells;
    await expect(openShell(served)).rejects.toThrow();
    expect(served.server.seen().shells).toBe(before + 1);
  });

  it('forgets all shells at a message', async () => {
    const shell = await openShell(served);
    served.faults = { forgetShellsAfter: served.server.seen().messages + 1 };
    expect((await start(served, shell, 'hostname')).status).toBe(200);
    expect((await start(served, shell, 'hostname')).code).toBe(2150858843);
  });

  it('answers with a page of somebody between', async () => {
    served.faults = { html: { status: 407, headers: { 'Proxy-Authenticate': 'Basic' } } };
    const { status, headers, body } = await hello();
    expect([status, headers.via, headers['content-type']]).toEqual([
      407,
      '1.1 proxy.example.org',
      'text/html',
    ]);
    expect(body.toString()).toContain('<h1>Status 407</h1>\n<p>');
  });

  it.each([
    ['none', ''],
    ['half', 'ab'],
    ['all', 'abcd'],
  ] as const)('faults a Send of which %s was written', async (part, text) => {
    const [shell, command] = await aCommand('more');
    served.faults = { send: { each: 1, written: part, how: 'timed-out' } };
    expect((await send(served, shell, command, 'abcd')).code).toBe(2150858793);
    served.faults = { send: { each: 1, written: part, how: 'reset' } };
    await expect(send(served, shell, command, 'abcd')).rejects.toThrow();
    served.faults = {};
    await send(served, shell, command, '|', true);
    let output = '';
    while (!output.endsWith('|')) output += written(await receive(served, shell, command));
    expect(output).toBe(`${text}${text}|`);
  });

  it.each(['reset', 'headers', 'body'] as const)('goes down in a Receive: %s', async (as) => {
    const [shell, command] = await aCommand('more');
    served.faults = { dropDuringReceive: { receive: served.server.seen().receives + 1, as, backAfter: 50 } };
    await expect(receive(served, shell, command)).rejects.toThrow();
    let answer: number | undefined;
    while (answer === undefined)
      answer = (await receive(served, shell, command).catch(() => undefined))?.code;
    expect(answer).toBe(2150858843);
  });

  it('lets nobody open a shell', async () => {
    served.faults = { refuseCreate: true };
    expect((await ask(served, { action: 'create' })).code).toBe(5);
  });

  it('ends commands before they say anything', async () => {
    served.faults = { commandEnds: { exitCode: 0 } };
    expect(await run(served, 'hostname')).toEqual({ output: '', errors: '', exitCode: 0 });
    served.faults = { commandEnds: { exitCode: 1, stderr: 'no' } };
    expect(await run(served, 'hostname')).toEqual({ output: '', errors: 'no', exitCode: 1 });
  });

  it('answers 500 and nothing', async () => {
    served.faults = { emptyError: true };
    const { status, body } = await hello();
    expect([status, body.length]).toEqual([500, 0]);
  });

  it('offers what it is told to, in lines of their own or in one', async () => {
    served.faults = { offers: ['Kerberos', 'basic realm="x"'] };
    expect((await post(served, 'https', '')).headers['www-authenticate']).toBe('Kerberos, basic realm="x"');
  });

  it('lets a blocked account in by no password, and has another time', async () => {
    served.faults = { blockedAccount: true, clockSkew: 3_600_000 };
    const { status, headers } = await hello();
    expect(status).toBe(401);
    expect(Date.parse(String(headers.date)) - Date.now()).toBeGreaterThan(3_000_000);
  });

  it('has an answer without an end', async () => {
    served.faults = { pace: 'flood' };
    const socket = connect({ host: '127.0.0.1', port: served.server.ports.http });
    socket.write('POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    let bytes = 0;
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > 1_000_000) break;
    }
    expect(bytes).toBeGreaterThan(1_000_000);
  });
});
