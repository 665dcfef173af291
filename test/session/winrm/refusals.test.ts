import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openSession } from '../../../src/session/open/open.ts';
import { aPlace, reasonOf } from './place.ts';
import { winrmSettings } from './served.ts';

const place = aPlace();

describe('an account that may not open a shell', () => {
  it('situation 04: is not told that its password is wrong, and both causes', async () => {
    place.faults = { refuseCreate: true };
    const error = await reasonOf((await place.serve())());
    expect(error).toMatchObject({ name: 'SessionError', node: 'glance-1', kind: 'protocol' });
    expect(error.message).toContain('the account is known but may not open a command shell here');
    expect(error.remedy).toMatch(/LocalAccountTokenFilterPolicy.*via: psremoting/);
  });
});

describe('a proxy', () => {
  const pages: readonly (readonly [number, Record<string, string>, RegExp])[] = [
    [200, {}, /not WinRM: 200 text\/html from .*: Denied by Acme/],
    [302, { Location: 'https://login.example.org/' }, /redirects to https:\/\/login.example.org/],
    [401, { Via: '1.1 acme' }, /not WinRM: 401 text\/html .*\(Via: 1.1 acme\)/],
    [407, { 'Proxy-Authenticate': 'Basic' }, /not WinRM: 407/],
    [502, {}, /not WinRM: 502/],
  ];

  it.each(pages)(
    'situation 05: that answers a page with %i is told credentials by nobody',
    async (status, headers, said) => {
      const asked: IncomingMessage[] = [];
      const proxy = createServer((request, response) => {
        asked.push(request);
        response.writeHead(status, { 'Content-Type': 'text/html', ...headers });
        response.end('<html><script>x()</script><title>Denied</title>\n by\u001b[31m Acme</HTML>');
      });
      proxy.listen(0, '127.0.0.1');
      await once(proxy, 'listening');
      place.ends.unshift(async () => proxy.close());
      const settings = await winrmSettings(place.folder, (proxy.address() as AddressInfo).port);
      const error = await reasonOf(openSession(settings));
      expect(error).toMatchObject({ name: 'SessionError', kind: 'protocol' });
      expect(error.message).toMatch(said);
      expect(error.message).not.toContain('\u001b');
      expect(asked.map(({ headers: sent }) => sent.authorization)).toEqual([undefined]);
    },
  );

  it('situation 05: that only the environment names is not used, and one that the site names is', async () => {
    const open = await place.serve();
    const asked: string[] = [];
    const proxy = createServer().on('connect', (request: IncomingMessage, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 403 Not from here\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    place.ends.unshift(async () => proxy.close());
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'];
    for (const name of names) process.env[name] = url;
    place.ends.unshift(async () => {
      for (const name of names) delete process.env[name];
    });
    await (await open()).close();
    expect(asked).toEqual([]);
    const error = await reasonOf(open({}, { proxy: url }));
    expect(error.message).toContain(`the proxy ${url} gives no connection`);
    expect(error.message).toContain('403 Not from here');
    expect(asked).toHaveLength(1);
  });
});

describe('a command that ends at once', () => {
  it.each([
    [0, undefined],
    [1, 'The command line is too long.'],
    [3221225477, 'x'],
  ])('situation 10: with exit code %i is an agent that did not start', async (exitCode, stderr) => {
    place.faults = { commandEnds: { exitCode, ...(stderr !== undefined && { stderr }) } };
    const error = await reasonOf((await place.serve())());
    expect(error).toMatchObject({ name: 'SessionError', kind: 'protocol' });
    expect(error.message).toContain(`the agent did not start: its program ended with exit code ${exitCode}`);
    if (stderr) expect(error.message).toContain(stderr);
  });

  it('situation 10: and an answer without a word are told apart', async () => {
    place.faults = { emptyError: true };
    const error = await reasonOf((await place.serve())());
    expect(error.message).toContain('status 500 and not a word more');
  });
});
