import { describe, expect, it } from 'vitest';
import { chooseScheme } from '../../../src/session/security/client/choose-scheme.ts';
import { offeredSchemes } from '../../../src/session/security/client/offered-schemes.ts';

describe('what a server offers', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      'situation 03: in one line',
      ['Basic realm="WSMAN", Kerberos, Negotiate'],
      ['basic', 'kerberos', 'negotiate'],
    ],
    [
      'situation 03: in three lines',
      ['Negotiate', 'Kerberos', 'Basic realm="WSMAN"'],
      ['negotiate', 'kerberos', 'basic'],
    ],
    [
      'situation 03: in any case',
      ['kerberos,NEGOTIATE , bAsIc REALM="a, b"'],
      ['kerberos', 'negotiate', 'basic'],
    ],
    ['a token', ['Negotiate TlRMTVNTUAABAg=='], ['negotiate TlRMTVNTUAABAg==']],
    [
      'a token between others',
      ['Basic realm=x, Negotiate oQcwBaADCgEA, Kerberos'],
      ['basic', 'negotiate oQcwBaADCgEA', 'kerberos'],
    ],
    ['several parameters', ['Digest realm="a \\"b\\"", nonce=abc, Negotiate'], ['digest', 'negotiate']],
    ['nothing', [], []],
    ['rubbish', ['=', ',,', '"'], []],
  ])('%s', (_, lines, expected) => {
    const found = offeredSchemes(lines).map(({ scheme, token }) =>
      token ? `${scheme} ${token.toString('base64')}` : scheme,
    );
    expect(found).toEqual(expected);
  });

  it('keeps a realm that has a comma and a quote', () => {
    const [one] = offeredSchemes(['Basic realm="a, \\"b\\"", charset="UTF-8"']);
    expect(one?.parameters).toEqual({ realm: 'a, "b"', charset: 'UTF-8' });
  });
});

describe('the scheme to answer in', () => {
  it.each([
    ['password', 'Basic realm="WSMAN", Kerberos, Negotiate', 'Negotiate'],
    ['ticket', 'Basic realm="WSMAN", Kerberos, Negotiate', 'Negotiate'],
    ['ticket', 'Kerberos', 'Kerberos'],
  ] as const)('of a %s for %s', (kind, line, scheme) => {
    expect(chooseScheme(offeredSchemes([line]), { kind })).toBe(scheme);
  });

  it.each([
    [
      'password',
      'Kerberos',
      'the node takes Kerberos only, and a password is for NTLM, which needs Negotiate',
    ],
    [
      'password',
      'Basic realm="WSMAN", kerberos',
      'the node takes Basic, Kerberos only, and a password is for NTLM',
    ],
    ['ticket', 'Basic realm="WSMAN"', 'the node takes Basic only, and a ticket is for Negotiate or Kerberos'],
    ['ticket', '', 'the node takes no login that is known'],
  ] as const)('situation 03: none of a %s for %s', (kind, line, message) => {
    expect(() => chooseScheme(offeredSchemes([line]), { kind })).toThrow(message);
  });
});
