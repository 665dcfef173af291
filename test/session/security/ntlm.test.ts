import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcceptSettings, acceptContext } from '../../../src/sandbox/winrm/accept/accept-context.ts';
import type { NtlmSwitches } from '../../../src/sandbox/winrm/accept/ntlm-server.ts';
import { Secret } from '../../../src/secret.ts';
import { openBody, sealBody } from '../../../src/session/security/body.ts';
import { endPointBinding } from '../../../src/session/security/channel-bindings.ts';
import { type ClientSettings, clientContext } from '../../../src/session/security/client/client-context.ts';
import type { Sealed } from '../../../src/session/security/context.ts';
import { SecurityError } from '../../../src/session/security/security-error.ts';
import { judgesPython } from '../../judges/judges.ts';
import { aCertificate } from './certificates.ts';
import { exchange, talk } from './exchange.ts';
import { type Peer, spnegoPeer } from './spnego-peer.ts';

const judges = judgesPython();
const missing = 'missing' in judges ? `: ${judges.missing}` : '';
const host = 'node-1.example.test';
const password = 'Pa$$w\u00f6rd \u20ac';
const certificate = aCertificate({ hash: 'sha384' });
const other = aCertificate({ hash: 'sha256' });
const messages = Array.from({ length: 100 }, (_, index) => Buffer.alloc(1 + ((index * 7919) % 9000), index));

function ours(user: string, more: Partial<ClientSettings> = {}): ReturnType<typeof clientContext> {
  const credentials = { kind: 'password', user, password: new Secret('password', password) } as const;
  return clientContext({ scheme: 'Negotiate', credentials, host, ...more });
}

function accepting(more: Partial<AcceptSettings> = {}): ReturnType<typeof acceptContext> {
  return acceptContext({
    computer: 'NODE-1',
    passwordOf: ({ user, domain }) =>
      user.toLowerCase() === 'j\u00f6rg' && domain === 'CORP' ? new Secret('password', password) : undefined,
    binding: { level: 'relaxed' },
    ...more,
  });
}

const user = 'CORP\\j\u00f6rg';

describe('NTLM from both ends of ours', () => {
  it.each<[string, NtlmSwitches]>([
    ['as Windows is today', {}],
    ['situation 02: a challenge without a timestamp', { timestamp: false }],
    ['situation 02: a challenge without NEGOTIATE_VERSION', { version: false }],
    ['situation 02: a challenge with a pair that nobody knows', { unknownPair: true }],
    ['situation 02: a challenge with flags of 0', { zeroFlags: true }],
    ['all of these', { timestamp: false, version: false, unknownPair: true, zeroFlags: true }],
  ])('%s', async (_, switches) => {
    const client = ours(user);
    const server = accepting({ switches });
    await exchange(client, server);
    expect([client.complete, server.complete, server.account]).toEqual([
      true,
      true,
      { domain: 'CORP', user: 'j\u00f6rg' },
    ]);
    expect(await talk(client, server, messages)).toBe(200);
  });
});

describe('what a server of NTLM refuses', () => {
  const strict = { level: 'strict', certificate } as const;
  it.each<[string, Partial<ClientSettings>, Partial<AcceptSettings>, string]>([
    ['a wrong password', {}, { passwordOf: () => new Secret('password', 'other') }, 'the password is wrong'],
    ['an account that is not there', {}, { passwordOf: () => undefined }, 'there is no such account'],
    ['no channel binding where it is strict', {}, { binding: strict }, 'the login names no TLS connection'],
    [
      'another channel binding',
      { certificate: other },
      { binding: strict },
      'the login names another TLS connection',
    ],
    [
      'another channel binding where it is relaxed',
      { certificate: other },
      { binding: { level: 'relaxed', certificate } },
      'the login names another TLS connection',
    ],
    [
      'an answer of two days ago',
      {},
      { switches: { timestamp: false, clock: () => Date.now() + 48 * 3_600_000 } },
      'the answer was made at another time',
    ],
  ])('%s', async (_, client, server, message) => {
    await expect(exchange(ours(user, client), accepting(server))).rejects.toThrow(message);
  });

  it.each<[string, number]>([
    ['in the flags of the messages', 12],
    ['in the name of the computer', 62],
  ])('situation 02: a challenge that somebody changed %s', async (_, at) => {
    const client = ours(user);
    const server = accepting();
    const token = await server.step(await client.step());
    const changed = Buffer.from(token ?? []);
    const start = changed.indexOf('NTLMSSP');
    changed.writeUInt8(changed.readUInt8(start + at) ^ 1, start + at);
    await expect(client.step(changed).then((answer) => server.step(answer))).rejects.toThrow('MIC is wrong');
  });

  it('a token that ends before its MIC', async () => {
    const client = ours(user);
    const server = accepting();
    const token = await client.step(await server.step(await client.step()));
    const start = token?.indexOf('NTLMSSP') ?? 0;
    for (let end = 0; end < 200; end++) {
      const again = accepting();
      await again.step(await ours(user).step());
      await expect(again.step(token?.subarray(start, start + end))).rejects.toBeInstanceOf(SecurityError);
    }
  });

  it.each(['none', 'relaxed'] as const)(
    'not a login without channel binding where it is %s',
    async (level) => {
      const server = accepting({ binding: { level, certificate } });
      await exchange(ours(user), server);
      expect(server.complete).toBe(true);
    },
  );
});

it('a client of NTLM answers one challenge', async () => {
  const client = ours(user);
  const server = accepting();
  const challenge = await server.step(await client.step());
  const bare = challenge?.subarray(challenge.indexOf('NTLMSSP'));
  await client.step(bare);
  await expect(client.step(bare)).rejects.toThrow('a second challenge');
});

describe('a sealed message of NTLM', () => {
  const cases: readonly [string, (sealed: readonly Sealed[]) => Sealed | undefined][] = [
    ['that was altered', ([one]) => one && { ...one, data: Buffer.from(one.data.map((byte) => byte ^ 1)) }],
    ['that was cut', ([one]) => one && { ...one, data: one.data.subarray(1) }],
    ['whose signature was cut', ([one]) => one && { ...one, signature: one.signature.subarray(0, 15) }],
    ['that came before its turn', ([, two]) => two],
  ];
  it.each(cases)('%s is refused', async (_, pick) => {
    const client = ours(user);
    const server = accepting();
    await exchange(client, server);
    const sealed = [await client.seal(Buffer.from('one')), await client.seal(Buffer.from('two'))];
    const picked = pick(sealed);
    await expect(picked && server.open(picked)).rejects.toThrow('altered or cut, or came out of turn');
  });

  it('is opened once', async () => {
    const client = ours(user);
    const server = accepting();
    await exchange(client, server);
    const sealed = await client.seal(Buffer.from('one'));
    expect((await server.open(sealed)).toString()).toBe('one');
    await expect(server.open(sealed)).rejects.toThrow('out of turn');
  });
});

describe.skipIf(missing)(`NTLM with pyspnego at the other end${missing}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-ntlm-'));
  let peer: Peer;
  beforeAll(() => {
    writeFileSync(join(folder, 'users'), `CORP:j\u00f6rg:${password}\n`);
    peer = spnegoPeer('python' in judges ? judges.python : '', { NTLM_USER_FILE: join(folder, 'users') });
  });
  afterAll(() => {
    peer.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['in SPNEGO', undefined],
    ['with a channel binding', certificate],
  ])('takes our client %s', async (_, bound) => {
    const client = ours(user, bound ? { certificate: bound } : {});
    const server = await peer.open({
      usage: 'accept',
      protocol: 'negotiate',
      ...(bound ? { binding: endPointBinding(bound) } : {}),
    });
    await exchange(client, server);
    expect([client.complete, server.complete, server.who()]).toEqual([true, true, user]);
    expect(await talk(client, server, messages)).toBe(200);
  });

  it.each<[string, NtlmSwitches]>([
    ['without a timestamp, so that it sends no MIC', { timestamp: false }],
    ['with a pair that nobody knows, and flags of 0', { unknownPair: true, zeroFlags: true }],
  ])('situation 02: is taken as a client for a challenge %s', async (_, switches) => {
    const client = await peer.open({ usage: 'initiate', protocol: 'ntlm', user, password, host });
    const server = accepting({ switches });
    await exchange(client, server);
    expect(await talk(client, server, messages.slice(0, 5))).toBe(10);
  });

  it('situation 02: is refused where it leaves VERSION out, so that its MIC is at 64', async () => {
    const client = await peer.open({ usage: 'initiate', protocol: 'ntlm', user, password, host });
    await expect(exchange(client, accepting({ switches: { version: false } }))).rejects.toThrow(
      'MIC is wrong',
    );
  });

  it('opens what we sealed as a body, and seals what we open', async () => {
    const client = ours(user);
    const server = await peer.open({ usage: 'accept', protocol: 'negotiate' });
    await exchange(client, server);
    for (const message of messages) {
      const sealed = await sealBody(client, message);
      expect((await server.decrypt(sealed.contentType, sealed.body)).equals(message)).toBe(true);
      const answer = await server.encrypt(message);
      expect((await openBody(client, answer.contentType, answer.body)).equals(message)).toBe(true);
      expect(headOf(sealed.body)).toBe(headOf(answer.body));
    }
  });

  it.each(['negotiate', 'ntlm'] as const)('is taken as a client that speaks %s', async (protocol) => {
    const client = await peer.open({
      usage: 'initiate',
      protocol,
      user,
      password,
      host,
      binding: endPointBinding(certificate),
    });
    const server = accepting({ binding: { level: 'strict', certificate } });
    await exchange(client, server);
    expect([client.complete, server.complete, server.account?.user]).toEqual([true, true, 'j\u00f6rg']);
    expect(await talk(client, server, messages)).toBe(200);
  });
});

/** A body up to the length of its signature. */
function headOf(body: Buffer): string {
  const end = 'application/octet-stream\r\n';
  return body.toString('latin1', 0, body.indexOf(end) + end.length + 4);
}
