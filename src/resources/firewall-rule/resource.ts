import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Resource } from '../model/resource.ts';

export type FirewallRule =
  | {
      readonly ensure: 'present';
      /** Its identity, the same in every language of Windows. */
      readonly name: string;
      readonly displayName: string;
      readonly protocol: 'TCP' | 'UDP';
      readonly port: number;
    }
  | { readonly ensure: 'absent'; readonly name: string };

/** A rule of the Windows firewall that lets clients reach a port. From where they may come is left as it is. */
export const firewallRule: Resource<FirewallRule> = {
  kind: 'firewall-rule',
  desired(spec) {
    if (spec.ensure === 'absent') return { exists: false };
    const { displayName, protocol, port } = spec;
    const opens = { direction: 'Inbound', action: 'Allow', profile: 'Any', enabled: true };
    return { exists: true, displayName, protocol, ports: [String(port)], ...opens };
  },
  observe: ({ name }) => [{ call: 'Get-FirewallRule', name }],
  read(_, [result]) {
    const { exists, localPort, ...state } = result as AgentResults['Get-FirewallRule'];
    return { exists, ...(localPort && { ports: localPort }), ...state };
  },
  change(spec, { exists }) {
    const { name } = spec;
    if (spec.ensure === 'absent') {
      const call = invoke('Remove-NetFirewallRule', { Name: name });
      return [{ do: 'call', description: `removes the firewall rule ${name}`, call }];
    }
    const { displayName, protocol, port } = spec;
    const opens = { Direction: 'Inbound', Action: 'Allow', Profile: 'Any', Enabled: 'True' };
    const rule = { Name: name, ...opens, Protocol: protocol, LocalPort: [String(port)] };
    const call =
      exists === true
        ? invoke('Set-NetFirewallRule', { ...rule, NewDisplayName: displayName })
        : invoke('New-NetFirewallRule', { ...rule, DisplayName: displayName, Group: 'oriel' });
    return [{ do: 'call', description: `opens port ${port} in the firewall`, call }];
  },
};

function invoke(name: string, parameters: object) {
  return { call: 'Invoke-Cmdlet', name, parameters, select: [] };
}
