import type { AgentFunctions } from '../call/function.ts';
import { noteEvent } from '../windows/event-record.ts';

export const serviceFunctions = {
  'Get-ServiceState': async ({ name }, { node }) => node.backing.service(name),

  'Get-ServiceProcess': async ({ name }, { node }) => ({ processes: await node.backing.processes(name) }),

  'Set-ServiceState': async ({ name, status, timeout }, { node }) => {
    await node.backing.setService(name, status, timeout);
    return { status };
  },

  'Set-ServiceStartMode': async ({ name, startMode }, { node }) => {
    const { startMode: before = '' } = await node.backing.service(name);
    await node.backing.setStartMode(name, startMode);
    const data = [name, before, startMode, name];
    noteEvent(node, { log: 'System', provider: 'Service Control Manager', event: 7040, data });
    return null;
  },

  'Set-ServiceRecovery': async ({ name, ...recovery }, { node }) => {
    await node.backing.setRecovery(name, recovery);
    return null;
  },

  // The password is not kept: a stand-in has one user.
  'Set-ServiceAccount': async ({ name, account }, { node }) => {
    await node.backing.setAccount(name, account);
    return null;
  },

  'Set-ServiceDependency': async ({ name, dependencies }, { node }) => {
    await node.backing.setDependencies(name, dependencies);
    return null;
  },
} satisfies Partial<AgentFunctions>;
