import { z } from 'zod';
import { agentFunction, serviceName } from './function.ts';

export const getFirewallRule = agentFunction(
  z.strictObject({ name: serviceName }),
  async ({ name }, { node }) => node.backing.memory.get('firewall-rule', name) ?? { exists: false },
);
