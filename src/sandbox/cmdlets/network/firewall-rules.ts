import type { CmdletRow, StandIn } from '../../node/backing.ts';

/** A rule of the firewall as a node of the sandbox remembers it; nothing holds anybody to it. */
export interface FirewallRule {
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly group?: string;
  readonly enabled: boolean;
  readonly direction: string;
  readonly action: string;
  readonly profile: string;
  readonly protocol: string;
  readonly localPort: readonly string[];
  readonly remotePort: readonly string[];
}

const kind = 'firewall-rule';

/** What Windows has in a new rule where nothing else is said. */
const standard: Omit<FirewallRule, 'name'> = {
  enabled: true,
  direction: 'Inbound',
  action: 'Allow',
  profile: 'Any',
  protocol: 'Any',
  localPort: ['Any'],
  remotePort: ['Any'],
};

export function firewallRules({ backing: { memory } }: StandIn): readonly FirewallRule[] {
  return memory.entries(kind).map(([id, rule]) => ({ ...standard, name: id, ...(rule as object) }));
}

export function findFirewallRule(node: StandIn, name: string): FirewallRule | undefined {
  return firewallRules(node).find((rule) => rule.name.toLowerCase() === name.toLowerCase());
}

/** Keeps a rule with these changes and gives it as it is then. */
export function keepFirewallRule(
  { backing: { memory } }: StandIn,
  rule: Partial<FirewallRule> & { readonly name: string },
  changes: Partial<FirewallRule> = {},
): FirewallRule {
  const known = Object.entries(changes).filter(([, value]) => value !== undefined);
  const kept: FirewallRule = { ...standard, ...rule, ...Object.fromEntries(known) };
  memory.set(kind, rule.name, kept);
  return kept;
}

export function removeFirewallRule({ backing: { memory } }: StandIn, { name }: FirewallRule): void {
  memory.set(kind, name, undefined);
}

/** A rule as Get-NetFirewallRule has it. */
export function ruleRow(rule: FirewallRule): CmdletRow {
  return {
    Name: rule.name,
    InstanceID: rule.name,
    DisplayName: rule.displayName ?? rule.name,
    Description: rule.description ?? null,
    DisplayGroup: rule.group ?? null,
    Group: rule.group ?? null,
    Enabled: rule.enabled ? 'True' : 'False',
    Profile: rule.profile,
    Direction: rule.direction,
    Action: rule.action,
    EdgeTraversalPolicy: 'Block',
    LooseSourceMapping: false,
    LocalOnlyMapping: false,
    Owner: null,
    PrimaryStatus: 'OK',
    Status: 'The rule was parsed successfully from the store. (65536)',
    PolicyStoreSource: 'PersistentStore',
    PolicyStoreSourceType: 'Local',
  };
}

/** Its ports, as Get-NetFirewallPortFilter has them: one is a text, several are a list. */
export function portFilterRow({ name, protocol, localPort, remotePort }: FirewallRule): CmdletRow {
  const single = (ports: readonly string[]): unknown => (ports.length === 1 ? ports[0] : ports);
  return {
    InstanceID: name,
    Protocol: protocol,
    LocalPort: single(localPort),
    RemotePort: single(remotePort),
    IcmpType: 'Any',
    DynamicTarget: 'Any',
  };
}
