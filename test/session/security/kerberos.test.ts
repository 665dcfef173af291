import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcceptSettings, acceptContext } from '../../../src/sandbox/winrm/accept/accept-context.ts';
import { openBody, sealBody } from '../../../src/session/security/body.ts';
import {
  type ClientSettings,
  clientContext,
  type TicketCredentials,
} from '../../../src/session/security/client/client-context.ts';
import { aCertificate } from './certificates.ts';
import { exchange, talk } from './exchange.ts';
import { type Kdc, missingKdc, startKdc } from './kdc.ts';

const host = 'node-1.example.test';
const schemes = ['Negotiate', 'Kerberos'] as const;
const messages = Array.from({ length: 100 }, (_, index) => Buffer.alloc(1 + ((index * 7919) % 9000), index));
const certificate = aCertificate({ hash: 'sha384' });
const other = aCertificate({ hash: 'sha256' });

describe.skipIf(missingKdc)(`Kerberos with a KDC of MIT${missingKdc ?? ''}`, () => {
  let kdc: Kdc;
  beforeAll(async () => {
    kdc = await startKdc();
    kdc.add('alice', 'alice.keytab');
    kdc.add(`HTTP/${host}`, 'node.keytab');
    kdc.kinit('-k', '-t', kdc.path('alice.keytab'), 'alice');
  });
  afterAll(() => kdc.close());

  const client = (
    who: Partial<TicketCredentials> = {},
    more: Partial<ClientSettings> = {},
  ): ReturnType<typeof clientContext> =>
    clientContext({ scheme: 'Negotiate', credentials: { kind: 'ticket', ...who }, host, ...more });
  const server = (more: Partial<AcceptSettings> = {}): ReturnType<typeof acceptContext> =>
    acceptContext({
      computer: 'NODE-1',
      passwordOf: () => undefined,
      binding: { level: 'strict' },
      keytab: kdc.path('node.keytab'),
      ...more,
    });

  it.each(schemes)('logs in with a ticket of kinit, and seals, under %s', async (scheme) => {
    const [ours, theirs] = [client({}, { scheme }), server({ scheme })];
    await exchange(ours, theirs);
    expect([ours.complete, theirs.complete, theirs.account]).toEqual([
      true,
      true,
      { user: 'alice', domain: 'EXAMPLE.TEST' },
    ]);
    expect(await talk(ours, theirs, messages)).toBe(200);
  });

  it('logs in with a keytab, whoever has a ticket', async () => {
    kdc.add('bob', 'bob.keytab');
    const [ours, theirs] = [client({ user: 'bob@EXAMPLE.TEST', keytab: kdc.path('bob.keytab') }), server()];
    await exchange(ours, theirs);
    expect(theirs.account).toEqual({ user: 'bob', domain: 'EXAMPLE.TEST' });
  });

  it('seals with RC4, whose messages are a byte longer', async () => {
    kdc.add('HTTP/node-2012.example.test', 'old.keytab', ['-e', 'arcfour-hmac:normal']);
    const [ours, theirs] = [
      client({}, { host: 'node-2012.example.test' }),
      server({ keytab: kdc.path('old.keytab') }),
    ];
    await exchange(ours, theirs);
    expect(await talk(ours, theirs, messages)).toBe(200);
    const { contentType, body } = await sealBody(ours, Buffer.from('old'));
    expect((await openBody(theirs, contentType, body)).toString()).toBe('old');
  });

  it.each(schemes)('situation 03: says under %s how a message is sealed', async (scheme) => {
    const [ours, theirs] = [client({}, { scheme }), server({ scheme })];
    await exchange(ours, theirs);
    const { contentType, body } = await sealBody(ours, Buffer.from('<s:Envelope/>'));
    const name = scheme === 'Kerberos' ? 'Kerberos' : 'SPNEGO';
    expect(contentType).toContain(`protocol="application/HTTP-${name}-session-encrypted"`);
    expect(String(await openBody(theirs, contentType, body))).toBe('<s:Envelope/>');
  });

  it('situation 03: sends its token bare under Kerberos', async () => {
    const [bare, wrapped] = [await client({}, { scheme: 'Kerberos' }).step(), await client().step()];
    expect(bare?.indexOf('06092a864886f712010202', 'hex')).toBe(4);
    expect(wrapped?.indexOf('06062b0601050502', 'hex')).toBe(4);
  });

  it('takes a bare token under Negotiate too', async () => {
    const [ours, theirs] = [client({}, { scheme: 'Kerberos' }), server()];
    await exchange(ours, theirs);
    expect(await talk(ours, theirs, messages.slice(0, 3))).toBe(6);
  });

  it('opens no message that was altered, doubled, or before its turn', async () => {
    const [ours, theirs] = [client(), server()];
    await exchange(ours, theirs);
    const [one, two, three] = [
      await ours.seal(Buffer.from('one')),
      await ours.seal(Buffer.from('two')),
      await ours.seal(Buffer.from('three')),
    ];
    const altered = { ...one, data: Buffer.from(one.data.map((byte) => byte ^ 1)) };
    await expect(theirs.open(altered)).rejects.toThrow('altered or cut');
    expect(String(await theirs.open(one))).toBe('one');
    await expect(theirs.open(one)).rejects.toThrow('out of turn');
    await expect(theirs.open(three)).rejects.toThrow('out of turn');
    expect(two.data.length).toBe(3);
  });

  describe('situation 01: the channel binding', () => {
    it.each<[string, Buffer | undefined, 'strict' | 'relaxed' | 'none']>([
      ['that is right, where it is strict', certificate, 'strict'],
      ['that is missing, where it is relaxed', undefined, 'relaxed'],
      ['of another connection, where it is not checked', other, 'none'],
    ])('%s', async (_, bound, level) => {
      const theirs = server({ binding: { level, certificate } });
      await exchange(client({}, bound ? { certificate: bound } : {}), theirs);
      expect(theirs.complete).toBe(true);
    });

    it.each<[string, Buffer | undefined, 'strict' | 'relaxed']>([
      ['that is missing, where it is strict', undefined, 'strict'],
      ['of another connection', other, 'relaxed'],
    ])('%s, is refused', async (_, bound, level) => {
      const theirs = server({ binding: { level, certificate } });
      const logged = exchange(client({}, bound ? { certificate: bound } : {}), theirs);
      await expect(logged).rejects.toMatchObject({ kind: 'channel-binding' });
    });
  });

  describe('says what is wrong with', () => {
    it('a service that nobody has', async () => {
      const step = client({}, { host: 'node-9.example.test' }).step();
      await expect(step).rejects.toMatchObject({
        kind: 'service-name',
        message: 'no login at HTTP/node-9.example.test by Kerberos: Server not found in Kerberos database',
        remedy: expect.stringContaining('the name that the node has in its domain'),
      });
    });

    it('a service whose key is another', async () => {
      kdc.add('HTTP/node-3.example.test', 'other.keytab');
      const theirs = server({ keytab: kdc.path('other.keytab') });
      await expect(exchange(client(), theirs)).rejects.toMatchObject({ kind: 'service-name' });
    });

    it('an account that is not there', async () => {
      const step = client({ user: 'nobody@EXAMPLE.TEST', keytab: kdc.path('alice.keytab') }).step();
      await expect(step).rejects.toMatchObject({
        kind: 'ticket',
        message: expect.stringContaining('nobody@EXAMPLE.TEST'),
      });
    });

    it('a user who has no ticket', async () => {
      const step = client({ user: 'bob@EXAMPLE.TEST' }).step();
      await expect(step).rejects.toMatchObject({
        kind: 'ticket',
        remedy: 'get a ticket with kinit, or set `keytab`',
      });
    });
  });
});
