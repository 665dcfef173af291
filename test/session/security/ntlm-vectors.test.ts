import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/secret.ts';
import { avId, writeAvPairs } from '../../../src/session/security/ntlm/av-pairs.ts';
import { ntlmResponse, responseKey, writeClientPart } from '../../../src/session/security/ntlm/keys.ts';
import { md4 } from '../../../src/session/security/ntlm/md4.ts';
import { utf16 } from '../../../src/session/security/ntlm/message.ts';
import { rc4 } from '../../../src/session/security/ntlm/rc4.ts';
import { ntlmSealing } from '../../../src/session/security/ntlm/sealing.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('the numbers that others published', () => {
  // RFC 1320, A.5.
  it.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ])('MD4 of %j', (text, digest) => {
    expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
  });

  // RFC 6229, section 2: the first bytes of the stream.
  it.each([
    ['0102030405', 'b2396305f03dc027ccc3524a0a1118a8'],
    ['0102030405060708090a0b0c0d0e0f10', '9ac7cc9a609d1ef7b2932899cde41b97'],
  ])('RC4 with %s', (key, stream) => {
    expect(rc4(hex(key))(Buffer.alloc(16)).toString('hex')).toBe(stream);
  });

  // [MS-NLMP] 4.2.4.
  it('NTLM version 2', () => {
    const key = responseKey({ user: 'User', domain: 'Domain' }, new Secret('password', 'Password'));
    expect(key.toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
    const targetInfo = writeAvPairs([
      { id: avId.domainName, value: utf16('Domain') },
      { id: avId.computerName, value: utf16('Server') },
    ]);
    const part = writeClientPart({ time: Buffer.alloc(8), challenge: Buffer.alloc(8, 0xaa), targetInfo });
    const { proof, sessionKey } = ntlmResponse(key, hex('0123456789abcdef'), part);
    expect(proof.toString('hex')).toBe('68cd0ab851e51c96aabc927bebef6a1c');
    expect(sessionKey.toString('hex')).toBe('8de40ccadbc14a82f15cb0ad0de95ca3');
    expect(rc4(sessionKey)(Buffer.alloc(16, 0x55)).toString('hex')).toBe('c5dad2544fc9799094ce1ce90bc9d03e');
  });

  // [MS-NLMP] 4.2.4.4.
  it('a message that NTLM version 2 sealed', () => {
    const { data, signature } = ntlmSealing(Buffer.alloc(16, 0x55), 'client').seal(utf16('Plaintext'));
    expect(data.toString('hex')).toBe('54e50165bf1936dc996020c1811b0f06fb5f');
    expect(signature.toString('hex')).toBe('010000007fb38ec5c55d497600000000');
  });
});
