import { firewallRule } from '../../../resources/firewall-rule/resource.ts';
import { type Declaration, declare } from '../../../resources/model/resource.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { component, serviceName } from '../facts/paths.ts';
import { settingsOf } from '../site/settings.ts';

/** That clients reach the service, where others than the node itself can; opened once it runs: nobody is let in to nothing. */
export function declareFirewall(
  deployment: Deployment,
  { name: node }: NodeSettings,
  service: string,
): readonly Declaration[] {
  const { firewall, host, port } = settingsOf(deployment).bind;
  if (!firewall || host === '127.0.0.1' || host === '::1') return [];
  const displayName = 'Glance image service (oriel)';
  return [
    declare({
      resource: firewallRule,
      component,
      node,
      name: serviceName,
      needs: [],
      after: [service],
      spec: { ensure: 'present', name: serviceName, displayName, protocol: 'TCP', port },
    }),
  ];
}

/** That no rule of ours is there. */
export function declareFirewallRemoval(node: string): Declaration {
  const spec = { ensure: 'absent', name: serviceName } as const;
  return declare({ resource: firewallRule, component, node, name: serviceName, needs: [], spec });
}
