import type { Measure } from './script.ts';

/** A rule of the firewall for one port, and for no other addresses than these. */
export function firewallRule(name: string, port: number, from: readonly string[]): Measure {
  return {
    step: {
      why: `lets ${from.join(', ')} reach port ${port}, and nobody else`,
      unless: { finds: { cmdlet: 'Get-NetFirewallRule', parameters: { Name: name } } },
      commands: [
        {
          cmdlet: 'New-NetFirewallRule',
          into: 'null',
          parameters: {
            ...{ Name: name, DisplayName: `oriel (port ${port})`, Direction: 'Inbound', Protocol: 'TCP' },
            ...{ LocalPort: String(port), RemoteAddress: from, Action: 'Allow' },
          },
        },
      ],
    },
    undo: {
      why: `closes port ${port} again`,
      when: { finds: { cmdlet: 'Get-NetFirewallRule', parameters: { Name: name } } },
      commands: [{ cmdlet: 'Remove-NetFirewallRule', parameters: { Name: name } }],
    },
  };
}
