import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import type { StandIn } from '../../node/backing.ts';
import { type Cmdlet, cmdlet, notFound, texts } from '../cmdlet/cmdlet.ts';
import { isLike, isLiteral, selectRows } from '../cmdlet/rows.ts';
import {
  type FirewallRule,
  findFirewallRule,
  firewallRules,
  keepFirewallRule,
  portFilterRow,
  removeFirewallRule,
  ruleRow,
} from './firewall-rules.ts';

const store = { PolicyStore: z.string().optional() };
const settings = {
  Description: z.string().optional(),
  Direction: z.enum(['Inbound', 'Outbound']).optional(),
  Action: z.enum(['NotConfigured', 'Allow', 'Block']).optional(),
  Enabled: z.enum(['True', 'False']).optional(),
  Profile: z.string().optional(),
  Protocol: z.string().optional(),
  LocalPort: texts.optional(),
  RemotePort: texts.optional(),
};
const newRule = z.strictObject({
  ...store,
  ...settings,
  Name: z.string().optional(),
  DisplayName: z.string(),
  Group: z.string().optional(),
});
const object = z.object({ InstanceID: z.string() });
const objects = z.union([object, z.array(object)]).optional();
const targets = {
  ...store,
  Name: texts.optional(),
  DisplayName: texts.optional(),
  Group: texts.optional(),
  All: z.boolean().optional(),
  InputObject: objects,
};
const found = z.looseObject({ ...targets, TracePolicyStore: z.boolean().optional() });
const filter = z.looseObject({ ...store, All: z.boolean().optional(), AssociatedNetFirewallRule: objects });
const changing = { ...targets, PassThru: z.boolean().optional() };
const setRule = z.strictObject({ ...settings, ...changing, NewDisplayName: z.string().optional() });

/** Rules of the firewall of a node, and their ports. */
export const firewallCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-NetFirewallRule': cmdlet(found, (given, node) => {
    const { PolicyStore: _, Name, DisplayName, Group, All: __, TracePolicyStore: ___, ...properties } = given;
    const rules = targetsOf(node, 'Get-NetFirewallRule', { Name, DisplayName, Group });
    return selectRows(rules.map(ruleRow), properties);
  }),

  'Get-NetFirewallPortFilter': cmdlet(filter, (given, node) => {
    const { PolicyStore: _, All: __, AssociatedNetFirewallRule: InputObject, ...properties } = given;
    return selectRows(
      targetsOf(node, 'Get-NetFirewallPortFilter', { InputObject }).map(portFilterRow),
      properties,
    );
  }),

  'New-NetFirewallRule': cmdlet(
    newRule,
    ({ Name = `{${randomUUID()}}`, DisplayName, Group, ...given }, node) => {
      if (findFirewallRule(node, Name))
        throw new AgentFailure('HRESULT 0x800700b7', `${Name} is there already`, 'ResourceExists');
      const rule = { name: Name, displayName: DisplayName, ...(Group !== undefined && { group: Group }) };
      return [ruleRow(keepFirewallRule(node, rule, changesOf(given)))];
    },
  ),

  'Set-NetFirewallRule': cmdlet(setRule, ({ NewDisplayName, PassThru, ...given }, node) => {
    const renamed = NewDisplayName === undefined ? {} : { displayName: NewDisplayName };
    const rows = targetsOf(node, 'Set-NetFirewallRule', given).map((rule) =>
      ruleRow(keepFirewallRule(node, { ...rule, ...renamed }, changesOf(given))),
    );
    return PassThru ? rows : [];
  }),

  'Remove-NetFirewallRule': cmdlet(z.strictObject(changing), ({ PassThru, ...given }, node) => {
    const rules = targetsOf(node, 'Remove-NetFirewallRule', given);
    for (const rule of rules) removeFirewallRule(node, rule);
    return PassThru ? rules.map(ruleRow) : [];
  }),
};

interface Targets {
  readonly Name?: readonly string[] | undefined;
  readonly DisplayName?: readonly string[] | undefined;
  readonly Group?: readonly string[] | undefined;
  readonly InputObject?: z.infer<typeof objects>;
}

/** The rules that the parameters name; a name without wildcards that no rule has is an error. */
function targetsOf(node: StandIn, cmdlet: string, given: Targets): readonly FirewallRule[] {
  const rules = firewallRules(node);
  const by = (names: readonly string[], of: (rule: FirewallRule) => string): readonly FirewallRule[] =>
    names.flatMap((name) => {
      const matching = rules.filter((rule) => isLike(of(rule), name));
      if (matching.length === 0 && isLiteral(name)) throw notFound(cmdlet, name);
      return matching;
    });
  const { Name, DisplayName, Group, InputObject } = given;
  if (InputObject)
    return by(
      [InputObject].flat().map(({ InstanceID }) => InstanceID),
      ({ name }) => name,
    );
  if (Name) return by(Name, ({ name }) => name);
  if (DisplayName) return by(DisplayName, ({ displayName = '' }) => displayName);
  if (Group) return by(Group, ({ group = '' }) => group);
  return rules;
}

type Settings = { readonly [Key in keyof typeof settings]?: z.infer<(typeof settings)[Key]> };

function changesOf(given: Settings): Partial<FirewallRule> {
  const changes = {
    description: given.Description,
    enabled: given.Enabled && given.Enabled === 'True',
    direction: given.Direction,
    action: given.Action,
    profile: given.Profile,
    protocol: given.Protocol,
    localPort: given.LocalPort,
    remotePort: given.RemotePort,
  };
  return changes as Partial<FirewallRule>;
}
