import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { targetOf } from '../../src/session/ssh/target.ts';
import type { NodeOf } from '../../src/site/deployment.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
const sshConfig = join(folder, 'config');

type Said = Partial<NodeOf<'ssh'>>;

function target(config: string, said: Said = {}) {
  writeFileSync(sshConfig, config);
  const common = { roles: [], windowsFeatures: [], certificates: [] };
  return targetOf({ name: 'glance-1', via: 'ssh', address: 'web01', sshConfig, ...common, ...said });
}

describe('what a site says', () => {
  it('counts for more than its SSH configuration, and that for more than a default', () => {
    const config =
      'User them\nPort 2222\nIdentityFile /keys/%r\nUserKnownHostsFile /known/%h\nHostName 10.0.0.7\n';
    expect(target(config)).toMatchObject({
      ...{ host: '10.0.0.7', port: 2222, user: 'them', where: '10.0.0.7:2222' },
      ...{ identities: ['/keys/them'], identitiesOnly: false, knownHosts: ['/known/10.0.0.7'] },
    });
    const said = { port: 22, user: 'us', identity: '/ours', knownHosts: '/hosts' };
    expect(target(config, said)).toMatchObject({
      ...{ host: '10.0.0.7', port: 22, user: 'us', where: '10.0.0.7:22' },
      ...{ identities: ['/ours'], identitiesOnly: true, knownHosts: ['/hosts'] },
    });
    expect(target('')).toMatchObject({
      ...{ host: 'web01', port: 22, user: 'Administrator', recordsNewKeys: false },
      knownHosts: [join(homedir(), '.ssh/known_hosts')],
    });
  });

  it('can be all there is, and a configuration that it names has to be there', () => {
    target('Port 2222');
    const node = { name: 'glance-1', via: 'ssh', address: 'web01', roles: [] } as const;
    expect(targetOf({ ...node, windowsFeatures: [], certificates: [] }).port).toBe(22);
    const missing = join(folder, 'missing');
    expect(() => target('', { sshConfig: missing })).toThrow(
      `the SSH configuration ${missing} cannot be read`,
    );
  });

  it('does not mix with what is said of other hosts', () => {
    const config = 'Match user us\nPort 1\nMatch user Administrator\nPort 2\n';
    expect(target(config, { user: 'us' }).port).toBe(1);
    expect(target(config).port).toBe(2);
  });
});

describe('situation 8: what others got wrong', () => {
  it.each([
    [
      'a negation ends a match',
      'Host web* !web*.*\nHostName %h.example.test\n',
      'web01',
      'web01.example.test',
    ],
    [
      'a name that it excludes stays',
      'Host web* !web*.*\nHostName %h.x\n',
      'web01.example.test',
      'web01.example.test',
    ],
    ['a negation alone matches nothing', 'Host !bastion\nHostName wrong\n', 'web01', 'web01'],
    ['`=` stands behind criteria', 'Match originalhost=web*\nHostName=right\n', 'web01', 'right'],
    [
      'what comes before the first Host counts for all',
      'HostName first\nHost *\nHostName second\n',
      'x',
      'first',
    ],
  ])('%s', (_, config, address, host) => {
    expect(target(config, { address }).host).toBe(host);
  });

  it('fills in %h, %r and %p of a jump host, whose own settings count', () => {
    const config = [
      'Host web01',
      'HostName 10.0.0.7',
      'ProxyJump first,%r@gate-%h:%p',
      'Host gate-*',
      'User nobody',
      'ProxyJump never',
      'Host first',
      'Port 2200',
      'ProxyJump before',
    ];
    const { through } = target(config.join('\n'), { user: 'us' });
    expect(through).toMatchObject({ host: 'gate-10.0.0.7', port: 22, user: 'us' });
    expect(through?.through).toMatchObject({ host: 'first', port: 2200 });
    expect(through?.through?.through).toMatchObject({ host: 'before', port: 22 });
    expect(through?.through?.through?.through).toBeUndefined();
  });
});

describe('what is not supported is named', () => {
  const exec = 'Match host web* exec "test -f /x"\n';
  it.each([
    [
      'a program that decides',
      `\n${exec}Port 1\n`,
      '2:1: `Match exec` is not supported, and decides about `port`',
    ],
    ['a second reading', 'Match final\nUser x\n', '1:1: `Match final` is not supported'],
    ['a program as the way', 'ProxyCommand nc %h %p\n', '1:1: `proxycommand` is not supported'],
    ['other names for hosts', 'CanonicalizeHostname yes\n', '1:1: `canonicalizehostname` is not supported'],
    ['keys that are forbidden', 'RevokedHostKeys /x\n', '1:1: `revokedhostkeys` is not supported'],
    ['a token', 'HostName %C\n', '1:1: `%C` cannot be filled in here'],
  ])('%s', (_, config, message) => {
    expect(() => target(config)).toThrow(`${sshConfig}:${message}`);
  });

  it.each([
    ['another criterion says no', `Match exec "x" host db*\nPort 1\n`],
    ['nothing of ours is in the block', `${exec}ForwardX11 yes\n`],
    ['it was said before', `Port 22\n${exec}Port 1\n`],
    ['the way is said before', 'ProxyJump none\nProxyCommand nc %h %p\n'],
    ['it asks for nothing', 'ProxyCommand none\nCanonicalizeHostname no\nRevokedHostKeys none\n'],
  ])('not where %s', (_, config) => {
    expect(target(config)).toMatchObject({ host: 'web01', port: 22 });
  });

  it('not where the site says it', () => {
    expect(target(`${exec}Port 1\n`, { port: 5 }).port).toBe(5);
  });
});

describe('what is wrong is named', () => {
  it.each([
    ['User "a\n', 'the quote " has no end'],
    ['Port http\n', '`http` is not a valid port'],
    ['Port 22 23\n', '`port` has more than one value'],
    ['HostName\n', '`hostname` has no value'],
    ['ConnectTimeout soon\n', '`soon` is not a valid time'],
    ['IdentitiesOnly perhaps\n', 'say yes or no'],
    ['StrictHostKeyChecking perhaps\n', 'say yes, ask, accept-new or no'],
    ['ProxyJump a,,b\n', '`` is not a valid host to pass through'],
    ['Match\n', '`Match` has no criterion'],
    ['Match host\n', '`Match host` has no value'],
    ['Match all host x\n', '`all` stands alone'],
    [`Include ${sshConfig}\n`, 'more than 16 files include one another'],
    ['ProxyJump %n\n', 'they lead in a circle'],
    [`IdentityFile \${ORIEL_NO_SUCH}/x\n`, 'the environment has no ORIEL_NO_SUCH'],
  ])('%s', (config, message) => {
    expect(() => target(config)).toThrow(message);
    expect(() => target(config)).toThrow(`${sshConfig}:1:1: `);
  });
});

describe('the agent', () => {
  it.each([
    ['that of the environment', '', '/env'],
    ['the one that is named', 'IdentityAgent /run/%r\n', '/run/Administrator'],
    ['that of another variable', 'IdentityAgent $ORIEL_AGENT\n', '/other'],
    ['none', 'IdentityAgent none\n', undefined],
  ])('is %s', (_, config, agent) => {
    vi.stubEnv('SSH_AUTH_SOCK', '/env');
    vi.stubEnv('ORIEL_AGENT', '/other');
    expect(target(config).agent).toBe(agent);
    vi.unstubAllEnvs();
  });
});
