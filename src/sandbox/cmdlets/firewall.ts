import { z } from 'zod';
import { AgentFailure } from '../agent/failure/agent-failure.ts';
import type { StandIn } from '../node/backing.ts';
import { type Cmdlet, cmdlet, notFound } from './cmdlet.ts';

const settings = {
  Name: z.string(),
  Direction: z.enum(['Inbound', 'Outbound']).optional(),
  Action: z.enum(['Allow', 'Block']).optional(),
  Enabled: z.enum(['True', 'False']).optional(),
  Profile: z.string().optional(),
  Protocol: z.string().optional(),
  LocalPort: z.array(z.string()).optional(),
};
const newRule = z.strictObject({ ...settings, DisplayName: z.string(), Group: z.string().optional() });
const setRule = z.strictObject({ ...settings, NewDisplayName: z.string().optional() });

/** Rules of the firewall of a stand-in node: remembered, as Get-FirewallRule tells them. */
export const firewallCmdlets: Readonly<Record<string, Cmdlet>> = {
  'New-NetFirewallRule': cmdlet(newRule, ({ DisplayName, Group: _, ...given }, node) => {
    if (node.backing.memory.get('firewall-rule', given.Name))
      throw new AgentFailure('HRESULT 0x800700b7', `${given.Name} is there already`, 'ResourceExists');
    const standard: Omit<z.infer<typeof setRule>, 'Name'> = {
      Direction: 'Inbound',
      Action: 'Allow',
      Enabled: 'True',
      Profile: 'Any',
      Protocol: 'Any',
      LocalPort: ['Any'],
    };
    keep(node, given.Name, { ...standard, ...given, DisplayName });
    return [];
  }),
  'Set-NetFirewallRule': cmdlet(setRule, ({ NewDisplayName, ...given }, node) => {
    if (!node.backing.memory.get('firewall-rule', given.Name))
      throw notFound('Set-NetFirewallRule', given.Name);
    keep(node, given.Name, {
      ...given,
      ...(NewDisplayName !== undefined && { DisplayName: NewDisplayName }),
    });
    return [];
  }),
  'Remove-NetFirewallRule': cmdlet(z.strictObject({ Name: z.string() }), ({ Name }, node) => {
    if (!node.backing.memory.get('firewall-rule', Name)) throw notFound('Remove-NetFirewallRule', Name);
    node.backing.memory.set('firewall-rule', Name, undefined);
    return [];
  }),
};

function keep(
  { backing: { memory } }: StandIn,
  name: string,
  given: z.infer<typeof setRule> & { DisplayName?: string },
): void {
  const { DisplayName, Enabled, Direction, Action, Profile, Protocol, LocalPort } = given;
  const set = {
    displayName: DisplayName,
    enabled: Enabled && Enabled === 'True',
    direction: Direction,
    action: Action,
    profile: Profile,
    protocol: Protocol,
    localPort: LocalPort,
  };
  const known = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
  memory.set('firewall-rule', name, {
    exists: true,
    ...(memory.get('firewall-rule', name) as object),
    ...known,
  });
}
