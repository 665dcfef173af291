import { hostOf } from '../../cmdlets/windows/host.ts';
import type { NodeServiceState, StandIn } from '../../node/backing.ts';
import type { AgentFunctions } from '../call/function.ts';
import { noteEvent } from '../windows/event-record.ts';

export const serviceFunctions = {
  'Get-ServiceState': async ({ name }, { node }) => {
    const found = await node.backing.service(name);
    return found.exists ? found : (windowsService(node, name) ?? found);
  },

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

/** Services of Windows itself that the SMB client and server are. */
const ofWindows = ['LanmanServer', 'LanmanWorkstation'];

function windowsService(node: StandIn, name: string): NodeServiceState | undefined {
  const known = ofWindows.find((each) => each.toLowerCase() === name.toLowerCase());
  if (known === undefined) return undefined;
  const status = hostOf(node).stopped.includes(known) ? 'Stopped' : 'Running';
  return { exists: true, status, startMode: 'Auto', account: 'NT AUTHORITY\\NetworkService' };
}
