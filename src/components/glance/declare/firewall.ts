import { firewallRule } from '../../../resources/firewall-rule/resource.ts';
import { type Declared, declare } from '../../../resources/model/resource.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { serviceName } from '../paths.ts';

/** That clients reach the service, where others than the node itself can; opened once it runs: nobody is let in to nothing. */
export function declareFirewall(
  { glance }: Deployment,
  { name: node }: NodeSettings,
  service: string,
): readonly Declared[] {
  const { firewall, host, port } = glance.bind;
  if (!firewall || host === '127.0.0.1' || host === '::1') return [];
  const displayName = 'Glance image service (oriel)';
  return [
    declare({
      resource: firewallRule,
      node,
      name: serviceName,
      needs: [],
      after: [service],
      wanted: { ensure: 'present', name: serviceName, displayName, protocol: 'TCP', port },
    }),
  ];
}

/** That no rule of ours is there. */
export function declareFirewallRemoval(node: string): Declared {
  const wanted = { ensure: 'absent', name: serviceName } as const;
  return declare({ resource: firewallRule, node, name: serviceName, needs: [], wanted });
}
