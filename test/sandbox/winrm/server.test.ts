import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentLaunch } from '../../../src/session/agent-link/launch.ts';
import { ask, basic, envelope, openShell, post, receive, run, send, start, textOf, written } from './ask.ts';
import { aWinRmNode, password, type Served } from './serve.ts';

let served: Served;
beforeEach(async () => {
  served = await aWinRmNode({
    MaxShellsPerUser: 3,
    MaxProcessesPerShell: 2,
    MaxConcurrentOperationsPerUser: 5,
  });
});
afterEach(() => served.close());

const identify =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body><i:Identify xmlns:i="http://schemas.dmtf.org/wbem/wsman/identify/1/wsmanidentity.xsd"/></s:Body></s:Envelope>';

describe('who asks', () => {
  it('is told the version of Windows after a login only', async () => {
    const before = await post(served, 'http', identify, { WSMANIDENTIFY: 'unauthenticated' });
    expect([before.status, before.body.toString()]).toEqual([200, expect.stringContaining('OS: 0.0.0 ')]);
    const after = await post(served, 'https', identify, { Authorization: basic('oriel', password) });
    expect(after.body.toString()).toContain('OS: 10.0.14393 ');
  });

  it.each([
    ['nobody', {}],
    ['a wrong password', { Authorization: basic('oriel', 'wrong') }],
    ['an unknown account', { Authorization: basic('nobody', password) }],
    [
      'a certificate that was not shown',
      { Authorization: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual' },
    ],
  ])('gets 401 and the schemes: %s', async (_, headers) => {
    const { status, headers: said } = await post(served, 'https', identify, headers);
    expect([status, said['www-authenticate']]).toEqual([401, 'Negotiate, Basic realm="WSMAN"']);
  });

  it('may name a domain', async () => {
    const headers = { Authorization: basic('GLANCE-1\\ORIEL', password) };
    expect((await post(served, 'https', identify, headers)).status).toBe(200);
  });

  it('is offered no Basic over HTTP, and gets no answer to what is not sealed', async () => {
    const { status, headers } = await post(served, 'http', identify, {
      Authorization: basic('oriel', password),
    });
    expect([status, headers['www-authenticate']]).toEqual([401, 'Negotiate']);
  });

  it('may write in clear where the administrator allows it', async () => {
    await served.close();
    served = await aWinRmNode({ AllowUnencrypted: true });
    expect((await post(served, 'http', identify, { Authorization: basic('oriel', password) })).status).toBe(
      200,
    );
  });

  it('may be one who opens no shell', async () => {
    const answer = await ask(served, { action: 'create', user: 'reader' });
    expect([answer.status, answer.code, answer.reason]).toEqual([500, 5, 'Access is denied. ']);
  });

  it.each([
    ['/', 404],
    ['/wsman2', 404],
  ])('finds nothing at %s', async (path, status) => {
    expect(
      (await post(served, 'https', identify, { Authorization: basic('oriel', password) }, path)).status,
    ).toBe(status);
  });

  it('cannot send more than an envelope', async () => {
    const headers = { Authorization: basic('oriel', password) };
    expect((await post(served, 'https', 'x'.repeat(700_000), headers)).status).toBe(413);
  });
});

describe('a shell', () => {
  it('runs command lines, with both streams and the exit code', async () => {
    expect(await run(served, 'echo one& echo two 1>&2& exit 3')).toEqual({
      output: 'one\r\n',
      errors: 'two\r\n',
      exitCode: 3,
    });
  });

  it('gives a program what is sent to it', async () => {
    const shell = await openShell(served);
    const command = textOf(await start(served, shell, 'more'), 'CommandId') ?? '';
    await send(served, shell, command, 'ü\r\n');
    expect(written(await receive(served, shell, command))).toBe('ü\r\n');
    await send(served, shell, command, 'end', true);
    expect(written(await receive(served, shell, command))).toBe('end');
    expect(textOf(await receive(served, shell, command), 'ExitCode')).toBe('0');
    expect((await send(served, shell, command, 'late')).code).toBe(109);
  });

  it('starts the agent by its launch line', async () => {
    const shell = await openShell(served);
    const command = textOf(await start(served, shell, agentLaunch().command), 'CommandId') ?? '';
    expect(written(await receive(served, shell, command))).toBe('{"event":"started"}\n');
    await send(served, shell, command, 'source\n');
    expect(written(await receive(served, shell, command))).toContain('"hello":1');
    await ask(served, { action: 'delete', shell });
    expect((await receive(served, shell, command)).code).toBe(2150858843);
  });

  it('answers within the time and the size that the client names', async () => {
    const shell = await openShell(served);
    const quiet = textOf(await start(served, shell, 'more'), 'CommandId') ?? '';
    const late = await receive(served, shell, quiet, 0.05);
    expect([late.status, late.code]).toEqual([500, 2150858793]);
    const loud = textOf(await start(served, shell, 'print-bytes 500000'), 'CommandId') ?? '';
    const { bytes } = await receive(served, shell, loud, 20, 40_000);
    expect(bytes).toBeLessThanOrEqual(40_000);
    expect(bytes).toBeGreaterThan(35_000);
  });

  it('is interrupted with the exit code of Windows, and ended by terminate', async () => {
    const shell = await openShell(served);
    const command = textOf(await start(served, shell, 'ping -n 1000 127.0.0.1'), 'CommandId') ?? '';
    const signal = (name: string) =>
      ask(served, {
        action: 'signal',
        shell,
        body: `<rsp:Signal CommandId="${command}"><rsp:Code>http://schemas.microsoft.com/wbem/wsman/1/windows/shell/signal/${name}</rsp:Code></rsp:Signal>`,
      });
    await signal('ctrl_c');
    expect(textOf(await receive(served, shell, command), 'ExitCode')).toBe('3221225786');
    expect((await signal('Terminate')).status).toBe(200);
    expect((await receive(served, shell, command)).code).toBe(87);
    expect((await signal('terminate')).code).toBe(87);
  });

  it('is put aside and taken up again', async () => {
    const shell = await openShell(served);
    await ask(served, { action: 'disconnect', shell });
    expect((await start(served, shell, 'hostname')).code).toBe(0x803381de);
    await ask(served, { action: 'reconnect', shell });
    expect((await start(served, shell, 'hostname')).status).toBe(200);
  });

  it('belongs to who has opened it', async () => {
    const shell = await openShell(served);
    expect((await ask(served, { action: 'delete', shell, user: 'reader' })).code).toBe(2150858843);
  });

  it('goes with the node, and the node comes back without it', async () => {
    const shell = await openShell(served);
    served.node.power.emit('restart');
    await expect(start(served, shell, 'hostname')).rejects.toThrow();
    let answer: unknown;
    while (answer === undefined)
      answer = (await start(served, shell, 'hostname').catch(() => undefined))?.code;
    expect(answer).toBe(2150858843);
  });
});

describe('a quota', () => {
  it('of shells says its number', async () => {
    for (let number = 0; number < 3; number++) await openShell(served);
    const { code, reason } = await ask(served, { action: 'create' });
    expect([code, reason]).toEqual([
      2150859173,
      expect.stringContaining('maximum number of 3 concurrent shells'),
    ]);
  });

  it('of programs in a shell counts those that run', async () => {
    const shell = await openShell(served);
    await start(served, shell, 'more');
    const ended = textOf(await start(served, shell, 'hostname'), 'CommandId') ?? '';
    while (textOf(await receive(served, shell, ended), 'ExitCode') === undefined);
    await start(served, shell, 'more');
    expect((await start(served, shell, 'more')).code).toBe(2150859241);
  });

  it('of operations counts every command until its shell is gone', async () => {
    const shell = await openShell(served);
    for (let number = 0; number < 5; number++) {
      const command = textOf(await start(served, shell, 'hostname'), 'CommandId') ?? '';
      while (textOf(await receive(served, shell, command), 'ExitCode') === undefined);
    }
    expect((await start(served, shell, 'hostname')).code).toBe(2150859174);
    await ask(served, { action: 'delete', shell });
    expect((await start(served, await openShell(served), 'hostname')).status).toBe(200);
  });

  it('is shown, with the memory that a shell may have', async () => {
    const resource = 'http://schemas.microsoft.com/wbem/wsman/1/config/winrs';
    const answer = await ask(served, { action: 'get', resource });
    expect([textOf(answer, 'MaxMemoryPerShellMB'), textOf(answer, 'MaxShellsPerUser')]).toEqual([
      '1024',
      '3',
    ]);
  });
});

describe('a message that makes no sense', () => {
  it.each([
    ['of no XML', 'no XML', 0x80338043],
    ['with a document type', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', 0x80338043],
    ['with an unknown action', envelope({ action: 'get' }).replace('/Get<', '/Got<'), 0x80338000],
    ['for an unknown resource', envelope({ action: 'create', resource: 'http://example.org/' }), 0x8033803b],
    ['without a shell', envelope({ action: 'command' }), 2150858843],
  ])('is a fault: %s', async (_, text, code) => {
    const { status, body } = await post(served, 'https', text, { Authorization: basic('oriel', password) });
    expect([status, body.toString()]).toEqual([500, expect.stringContaining(`Code="${code}"`)]);
  });
});
