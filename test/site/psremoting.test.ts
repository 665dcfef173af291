import { describe, expect, it } from 'vitest';
import type { SiteFragment } from '../../src/site/grammar/site.ts';
import { psremotingRules } from '../../src/site/rules/psremoting.ts';

type Node = NonNullable<NonNullable<SiteFragment['nodes']>[string]>;
const password = { secret: 'winrm_password' } as never;

/** What is wrong with a node, by path and message. */
function found(node: Node, platform: string): readonly string[] {
  const nodes = { 'glance-1': { address: 'a', via: 'psremoting', ...node } } as const;
  return psremotingRules(platform).flatMap((rule) =>
    rule({ nodes }).map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`),
  );
}

describe('a node that PowerShell of this machine reaches', () => {
  it.each<[title: string, platform: string, node: Node]>([
    ['over WinRM from Windows', 'win32', {}],
    [
      'with an account',
      'win32',
      { user: 'EXAMPLE\\oriel', password, psremoting: { authentication: 'credssp' } },
    ],
    [
      'by Basic over HTTPS',
      'win32',
      { user: 'a', password, psremoting: { authentication: 'basic', use_ssl: true } },
    ],
    [
      'over SSH from Linux',
      'linux',
      { user: 'oriel', identity: '~/.ssh/id', psremoting: { subsystem: 'pwsh' } },
    ],
    ['over SSH from Windows', 'win32', { psremoting: { over: 'ssh', jea: true } }],
  ])('%s is right', (_, platform, node) => {
    expect(found(node, platform)).toEqual([]);
  });

  it.each<[platform: string, node: Node, message: RegExp]>([
    ['linux', { psremoting: { over: 'winrm' } }, /^psremoting\.over: .* needs Windows/],
    ['linux', { password }, /^password: PowerShell hands no password to ssh/],
    [
      'linux',
      { psremoting: { configuration: 'Oriel' } },
      /^psremoting\.configuration: .* no use with `over: ssh`/,
    ],
    ['win32', { psremoting: { subsystem: 'pwsh' } }, /^psremoting\.subsystem: .* no use with `over: winrm`/],
    ['win32', { identity: '~/.ssh/id' }, /^identity: .* no use/],
    ['win32', { user: 'oriel' }, /^user: `user` needs `password`/],
    ['win32', { password }, /^password: `password` needs `user`/],
    ['win32', { psremoting: { authentication: 'credssp' } }, /^psremoting\.authentication: `credssp` needs/],
    [
      'win32',
      { user: 'a', password, psremoting: { authentication: 'basic' } },
      /sends the password as it is/,
    ],
  ])('on %s as %j is refused', (platform, node, message) => {
    expect(found(node, platform)).toEqual([expect.stringMatching(message)]);
  });
});
