import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/components/index.ts';
import { baseSite, complaintsOf } from './site-folder.ts';

const password = 'password: { secret: x }';

/** What is said of a node with these settings. */
async function complaints(settings: string): Promise<readonly string[]> {
  const nodes = `nodes:\n  glance-1: { address: 10.0.0.11, ${settings} }\n`;
  const site = baseSite.replace(/^nodes:\n( .*\n)+/m, nodes);
  expect(site).toContain(settings);
  const all = await complaintsOf({ 'site.yaml': site, pem: '' }, { secrets: 'placeholder' });
  return all.map(
    (one) =>
      one
        .split('\n')[0]
        ?.replace(/^.*?:\d+:\d+: /, '')
        .replace(/ \(.*/, '') ?? '',
  );
}

describe('a node that is reached by WinRM', () => {
  it.each([
    ['via: winrm'],
    [password],
    [`via: winrm, ${password}`],
    [`via: winrm, scheme: http, authentication: basic, allow_unencrypted: true, ${password}`],
    ['via: winrm, authentication: certificate, certificate: pem, certificate_key: pem'],
    ['via: winrm, authentication: kerberos, keytab: pem, spn: HTTP/node'],
  ])('may have { %s }', async (settings) => {
    expect(await complaints(settings)).toEqual([]);
  });

  it.each([
    ['spn: HTTP/node', '`spn` is of `via: winrm`, and this node has `via: ssh`'],
    [`identity: pem, ${password}`, '`via: ssh` logs in with a key or with a password, and here are both'],
    [`via: winrm, allow_unencrypted: true, ${password}`, 'over https nothing goes in clear'],
    ['via: winrm, authentication: certificate', 'there is no certificate to log in with'],
    ['via: winrm, authentication: ntlm', '`authentication: ntlm` needs a password'],
    ['via: winrm, certificate_key: pem', 'a key without its certificate'],
    [`via: winrm, authentication: ntlm, keytab: pem, ${password}`, 'a keytab is for Kerberos alone'],
    [
      'via: winrm, scheme: http, authentication: certificate, certificate: pem',
      '`authentication: certificate` encrypts nothing over `scheme: http`',
    ],
    [
      'via: winrm, fingerprint: "12:34"',
      '`fingerprint` must be the SHA-256 fingerprint of a host key or of a certificate',
    ],
    [
      `fingerprint: "${'ab'.repeat(32)}"`,
      'this is the fingerprint of a certificate, and `via: ssh` has a host key',
    ],
    [
      `via: winrm, fingerprint: SHA256:${'a'.repeat(43)}`,
      'this is the fingerprint of a host key, and `via: winrm` has a certificate',
    ],
    ['via: winrm, proxy: "https://user:x@proxy"', '`proxy` must be the URL of a proxy'],
  ])('may not have { %s }', async (settings, said) => {
    expect(await complaints(settings)).toEqual([said]);
  });

  it('reads how the nodes of the WinRM example are reached', async () => {
    const { nodes } = await loadSite('examples/winrm.yaml', { secrets: 'placeholder' });
    const [first, second] = nodes;
    const both = {
      ...{ via: 'winrm', user: 'EXAMPLE\\deploy', authentication: 'negotiate', allowUnencrypted: false },
      ca: join(process.cwd(), 'examples/example-ca.pem'),
    };
    expect(first).toMatchObject({ ...both, scheme: 'https', port: 5986 });
    expect(second).toMatchObject({ ...both, scheme: 'http', port: 5985 });
    expect([first, second].map((node) => node && 'password' in node && String(node.password))).toEqual(
      Array(2).fill('[secret:deploy_password]'),
    );
  });

  it('reads the demo over WinRM', async () => {
    const { nodes } = await loadSite('examples/demo/winrm.yaml', { secrets: 'placeholder' });
    const expected = { via: 'winrm', scheme: 'http', port: 5985, user: 'oriel', authentication: 'ntlm' };
    expect(nodes).toMatchObject([expected, expected]);
  });
});
