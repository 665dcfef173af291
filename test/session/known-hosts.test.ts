import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  entriesFor,
  fingerprint,
  hostName,
  judge,
  keyType,
  parseKnownHosts,
} from '../../src/session/ssh/known-hosts.ts';

// From the manual page of sshd(8) and a key made for this test.
const type = 'ssh-ed25519';
const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIDIhz2GK/XCUj4i6Q5yQJNL1MKvnUs9wdZj4mS8oPMoG';
const other = 'AAAAC3NzaC1lZDI1NTE5AAAAIPLWRcHYGuRE5mZ9uKMCLd5dHSFLjVFnFzMPgqNgZAXS';
const blob = Buffer.from(key, 'base64');

function verdictOf(text: string, address = '10.0.0.11', port = 22): string {
  return judge(entriesFor(parseKnownHosts(text, 'known_hosts'), hostName(address, port)), blob).verdict;
}

describe('known_hosts', () => {
  const salt = Buffer.from('0123456789abcdef0123');
  const hashed = (name: string): string =>
    `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;

  it.each([
    ['a plain name', `10.0.0.11 ${type} ${key}`, 'known'],
    ['one of several names, with a comment', `glance-1,10.0.0.11 ${type} ${key} node one`, 'known'],
    ['CRLF and comments', `# hosts\r\n\r\n10.0.0.11 ${type} ${key}\r\n`, 'known'],
    ['a pattern', `10.0.0.? ${type} ${key}\n10.0.*.11 ${type} ${key}`, 'known'],
    ['a pattern that excludes it', `10.0.*,!10.0.0.11 ${type} ${key}`, 'unknown'],
    ['dots that are no wildcards', `10x0x0x11 ${type} ${key}`, 'unknown'],
    ['a hashed name', `${hashed('10.0.0.11')} ${type} ${key}`, 'known'],
    ['another hashed name', `${hashed('10.0.0.12')} ${type} ${key}`, 'unknown'],
    ['another key', `10.0.0.11 ${type} ${other}`, 'changed'],
    ['one of two keys', `10.0.0.11 ${type} ${other}\n10.0.0.11 ${type} ${key}`, 'known'],
    ['a revoked key', `10.0.0.11 ${type} ${key}\n@revoked * ${type} ${key}`, 'revoked'],
    ['another revoked key', `10.0.0.11 ${type} ${key}\n@revoked * ${type} ${other}`, 'known'],
    [
      'a certificate authority, which vouches for nothing here',
      `@cert-authority * ${type} ${key}`,
      'unknown',
    ],
    ['an unknown marker', `@future 10.0.0.11 ${type} ${key}`, 'unknown'],
    ['the same host on another port', `[10.0.0.11]:2222 ${type} ${key}`, 'unknown'],
    ['nothing', '', 'unknown'],
  ])('%s', (_, text, verdict) => {
    expect(verdictOf(text)).toBe(verdict);
  });

  it('names a host on another port in brackets', () => {
    expect(verdictOf(`[10.0.0.11]:2222 ${type} ${key}`, '10.0.0.11', 2222)).toBe('known');
    expect(verdictOf(`10.0.0.11 ${type} ${key}`, '10.0.0.11', 2222)).toBe('unknown');
    expect(verdictOf(`${hashed('[10.0.0.11]:2222')} ${type} ${key}`, '10.0.0.11', 2222)).toBe('known');
  });

  it('shows a key as ssh-keygen does', () => {
    expect(keyType(blob)).toBe(type);
    expect(fingerprint(blob)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });
});
