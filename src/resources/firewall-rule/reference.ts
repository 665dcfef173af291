import type { Reference } from '../model/reference.ts';
import type { FirewallRule } from './resource.ts';

export const firewallRuleReference: Reference<FirewallRule> = {
  about:
    'A rule of the Windows firewall that lets clients reach a port, in all profiles. oriel leaves the allowed addresses as they are, so an administrator can narrow the rule. A rule of a group policy is a different rule.',
  spec: {
    ensure: '`present` or `absent`',
    name: 'identity of the rule, the same in every language of Windows',
    displayName: 'what the console shows',
    protocol: '`TCP` or `UDP`',
    port: 'the local port',
  },
  observed: {
    exists: 'whether there is a rule of that name',
    displayName: 'what the console shows',
    protocol: 'as Windows says it',
    ports: 'list of the local ports, as texts',
    direction: 'desired: `Inbound`',
    action: 'desired: `Allow`',
    profile: 'desired: `Any`',
    enabled: 'whether the rule is in force',
  },
  examples: [
    {
      ensure: 'present',
      name: 'oriel-clock',
      displayName: 'Clock (oriel)',
      protocol: 'TCP',
      port: 9292,
    },
    { ensure: 'absent', name: 'oriel-clock' },
  ],
};
