import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptContext } from '../../../src/sandbox/winrm/accept/accept-context.ts';
import { Secret } from '../../../src/secret.ts';
import { channelBindings, endPointBinding } from '../../../src/session/security/channel-bindings.ts';
import { clientContext } from '../../../src/session/security/client/client-context.ts';
import { judgesPython } from '../../judges/judges.ts';
import { aCertificate, type CertificateKind } from '../security/certificates.ts';
import { exchange } from '../security/exchange.ts';
import { type Peer, spnegoPeer } from '../security/spnego-peer.ts';

const pss = ['-sigopt', 'rsa_padding_mode:pss'];

const signed: readonly [string, CertificateKind, string][] = [
  ['SHA-1', { hash: 'sha1' }, 'sha256'],
  ['SHA-224', { hash: 'sha224' }, 'sha224'],
  ['SHA-256', { hash: 'sha256' }, 'sha256'],
  ['SHA-384', { hash: 'sha384' }, 'sha384'],
  ['SHA-512', { hash: 'sha512' }, 'sha512'],
  ['EC and SHA-256', { hash: 'sha256', key: 'ec' }, 'sha256'],
  ['EC and SHA-384', { hash: 'sha384', key: 'ec' }, 'sha384'],
  ['EC and SHA-512', { hash: 'sha512', key: 'ec' }, 'sha512'],
  ['RSASSA-PSS and SHA-384', { hash: 'sha384', options: pss }, 'sha384'],
  ['RSASSA-PSS and SHA-1', { hash: 'sha1', options: pss }, 'sha256'],
];
const kinds = signed.map(([name, kind, hash]) => [name, aCertificate(kind), hash] as const);

const judges = judgesPython();
const missing = 'missing' in judges ? `: ${judges.missing}` : '';

describe('situation 01: the channel binding of a certificate with', () => {
  it.each(kinds)('%s has the hash of its signature', (_, der, hash) => {
    const expected = `tls-server-end-point:${createHash(hash).update(der).digest('hex')}`;
    expect(endPointBinding(der).toString('latin1', 0, 21) + endPointBinding(der).toString('hex', 21)).toBe(
      expected,
    );
  });

  it.each(kinds)('%s lets in where the node is strict', async (_, certificate) => {
    const password = new Secret('password', 'Secret 1');
    const server = acceptContext({
      computer: 'NODE-1',
      passwordOf: () => password,
      binding: { level: 'strict', certificate },
    });
    const credentials = { kind: 'password', user: 'Administrator', password } as const;
    await exchange(clientContext({ scheme: 'Negotiate', credentials, host: 'node-1', certificate }), server);
    expect(server.complete).toBe(true);
  });

  it('nothing in it is refused', () => {
    expect(() => channelBindings(Buffer.from('no certificate'))).toThrow('cut short, or is none');
  });
});

describe.skipIf(missing)(`situation 01: the same as pypsrp computes it${missing}`, () => {
  let peer: Peer;
  beforeAll(() => {
    peer = spnegoPeer('python' in judges ? judges.python : '', {});
  });
  afterAll(() => peer.close());

  it.each(kinds)('for %s', async (_, der) => {
    expect(endPointBinding(der).subarray(21)).toEqual(await peer.certificateHash(der));
  });
});
