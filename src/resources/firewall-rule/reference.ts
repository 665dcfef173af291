import type { Reference } from '../model/reference.ts';
import type { FirewallRule } from './resource.ts';

export const firewallRuleReference: Reference<FirewallRule> = {
  about:
    'A rule of the Windows firewall that lets clients reach a port, in all profiles. From which addresses they may come is left as it is, so an administrator can narrow the rule. A rule that a group policy brings is another one.',
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
    direction: '`Inbound` is wanted',
    action: '`Allow` is wanted',
    profile: '`Any` is wanted',
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
