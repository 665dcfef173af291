import { z } from 'zod';
import { noteEvent } from './event-record.ts';
import { agentFunction, serviceName } from './function.ts';

const parameters = z.strictObject({ name: serviceName, startMode: z.enum(['Auto', 'Manual', 'Disabled']) });

export const setServiceStartMode = agentFunction(parameters, async ({ name, startMode }, { node }) => {
  const { startMode: before = '' } = await node.backing.service(name);
  await node.backing.setStartMode(name, startMode);
  const data = [name, before, startMode, name];
  noteEvent(node, { log: 'System', provider: 'Service Control Manager', event: 7040, data });
  return null;
});
