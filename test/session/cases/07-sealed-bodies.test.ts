import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openBody, type SealedBody, sealBody } from '../../../src/session/security/body.ts';
import type { SecurityContext } from '../../../src/session/security/context.ts';
import { type NtlmSealing, ntlmSealing } from '../../../src/session/security/ntlm/sealing.ts';
import { SecurityError } from '../../../src/session/security/security-error.ts';
import { leftOut, whole } from '../../extent.ts';

const type =
  'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"';
const xml = Buffer.from('<s:Envelope>\u00e4</s:Envelope>');
const replies = whole ? 5_000 : 500;

function contextOf(sealing: NtlmSealing): SecurityContext {
  return {
    scheme: 'Negotiate',
    complete: true,
    step: async () => undefined,
    seal: async (message) => sealing.seal(message),
    open: async (sealed) => sealing.open(sealed),
  };
}

function pair(): { server: SecurityContext; client: SecurityContext; key: Buffer } {
  const key = randomBytes(16);
  return {
    server: contextOf(ntlmSealing(key, 'server')),
    client: contextOf(ntlmSealing(key, 'client')),
    key,
  };
}

describe('situation 07: a sealed reply', () => {
  it.each([
    ['a NUL', '\0'],
    ['a space', ' '],
    ['CR LF', '\r\n'],
    ['the closing boundary', '--Encrypted Boundary--\r\n'],
    ['the line before the data', '--Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n'],
  ])(
    `is whole where its ciphertext ends in %s (${replies} replies${whole ? '' : `, others ${leftOut}`})`,
    async (_, text) => {
      const { server, client, key } = pair();
      const wanted = Buffer.from(text, 'latin1');
      // A second cipher of the server tells what the ciphertext of the next message is made with.
      const ahead = ntlmSealing(key, 'server');
      for (let count = 0; count < replies; count++) {
        const message = Buffer.concat([xml, Buffer.alloc(count % 97, ' '), Buffer.alloc(wanted.length)]);
        const stream = ahead.seal(Buffer.alloc(message.length)).data;
        const tail = message.length - wanted.length;
        for (const [index, byte] of wanted.entries())
          message[tail + index] = byte ^ (stream[tail + index] ?? 0);
        const { contentType, body } = await sealBody(server, message);
        const closing = Buffer.byteLength('--Encrypted Boundary--\r\n');
        expect(
          body.subarray(body.length - closing - wanted.length, body.length - closing).equals(wanted),
        ).toBe(true);
        expect((await openBody(client, contentType, body)).equals(message)).toBe(true);
      }
    },
  );

  const heads: readonly [string, (body: string) => string, string?][] = [
    ['without tabs', (body) => body.replaceAll('\r\n\t', '\r\n')],
    [
      'in lower case',
      (body) => body.replaceAll(/\t(Content-Type|OriginalContent):/g, (name) => name.toLowerCase()),
    ],
    ['with a space in its boundary', (body) => body.replaceAll('--Encrypted', '-- Encrypted')],
    ['without CR LF at its end', (body) => body.slice(0, -2)],
    [
      'with another boundary',
      (body) => body.replaceAll('Encrypted Boundary', 'other'),
      'Multipart/Encrypted; Boundary=other; Protocol=application/http-spnego-session-encrypted',
    ],
  ];
  it.each(heads)('is opened %s', async (_, change, contentType = type) => {
    const { server, client } = pair();
    const { body } = await sealBody(server, xml);
    const changed = Buffer.from(change(body.toString('latin1')), 'latin1');
    expect(changed.equals(body)).toBe(false);
    expect(await openBody(client, contentType, changed)).toEqual(xml);
  });

  const wrong: readonly [string, (sealed: SealedBody) => SealedBody, string][] = [
    ['in clear', () => ({ contentType: 'application/soap+xml;charset=UTF-8', body: xml }), 'came in clear'],
    [
      'of another protocol',
      (it) => ({ ...it, contentType: it.contentType.replace('SPNEGO', 'Kerberos') }),
      'says otherwise',
    ],
    [
      'of another length',
      ({ contentType, body }) => ({
        contentType,
        body: replaced(body, `Length=${xml.length}`, `Length=${xml.length - 1}`),
      }),
      'altered or cut',
    ],
    [
      'without its length',
      ({ contentType, body }) => ({ contentType, body: replaced(body, ';Length=', ';Size=') }),
      'altered or cut',
    ],
    [
      'with a signature longer than itself',
      ({ contentType, body }) => ({
        contentType,
        body: replaced(body, 'octet-stream\r\n\x10', 'octet-stream\r\n\xff'),
      }),
      'altered or cut',
    ],
    [
      'with bytes behind it',
      ({ contentType, body }) => ({ contentType, body: Buffer.concat([body, xml]) }),
      'altered or cut',
    ],
  ];
  it.each(wrong)('is refused %s', async (_, change, message) => {
    const { server, client } = pair();
    const { contentType, body } = change(await sealBody(server, xml));
    await expect(openBody(client, contentType, body)).rejects.toThrow(message);
  });

  it('is refused wherever it is cut', async () => {
    const { body } = await sealBody(pair().server, xml);
    // The CR LF at the very end may be missing.
    for (let end = 0; end < body.length - 2; end++) {
      const opened = openBody(pair().client, type, body.subarray(0, end));
      await expect(opened).rejects.toBeInstanceOf(SecurityError);
    }
  });

  it('is opened as it was, or refused, whatever byte of it is changed', async () => {
    const { server, key } = pair();
    const { body } = await sealBody(server, xml);
    const refused: unknown[] = [];
    for (let at = 0; at < body.length; at++)
      for (const mask of [1, 0x20, 0x80]) {
        const changed = Buffer.from(body);
        changed[at] = (changed[at] ?? 0) ^ mask;
        const client = contextOf(ntlmSealing(key, 'client'));
        const opened = await openBody(client, type, changed).catch((error: unknown) => error);
        if (opened instanceof Error) refused.push(opened);
        else expect(opened).toEqual(xml);
      }
    expect(refused.length).toBeGreaterThan(body.length);
    expect(refused.every((error) => error instanceof SecurityError)).toBe(true);
  });
});

function replaced(body: Buffer, from: string, to: string): Buffer {
  return Buffer.from(body.toString('latin1').replace(from, to), 'latin1');
}
