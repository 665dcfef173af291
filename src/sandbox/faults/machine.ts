import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import { hostOf } from '../cmdlets/windows/host.ts';
import type { StandIn } from '../node/backing.ts';
import type { FaultSwitches } from '../node/faults.ts';

type Facts = AgentResults['Get-Facts'];

/** Milliseconds. */
const ahead = 10 * 60 * 1000;
const littleSpace = 200 * 2 ** 20;

/** What a stand-in tells of itself, as the faults that are on leave it. */
export function faultyFacts(facts: Facts, { isOn }: FaultSwitches): Facts {
  const plain = isOn('not-administrator') || isOn('token-filtered');
  return {
    ...facts,
    ...(plain && { elevated: false }),
    ...(isOn('system-disk-full') && { freeBytes: littleSpace }),
    ...(isOn('clock-ahead') && { time: new Date(Date.parse(facts.time) + ahead).toISOString() }),
  };
}

const fileSystem = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\FileSystem';
const scriptPolicy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell';

/** A value of the registry that a fault has set; undefined: none has. */
export function faultyRegistry(
  key: string,
  name: string | undefined,
  node: StandIn,
): AgentResults['Get-RegistryValue'] | undefined {
  const { isOn } = node.faults;
  const isLongPaths =
    key.toLowerCase() === fileSystem.toLowerCase() && name?.toLowerCase() === 'longpathsenabled';
  if (isLongPaths && !hostOf(node).longPaths) return { exists: true, type: 'DWord', value: 0 };
  const isPolicy =
    key.toLowerCase() === scriptPolicy.toLowerCase() && name?.toLowerCase() === 'executionpolicy';
  return isPolicy && isOn('script-policy') ? { exists: true, type: 'String', value: 'AllSigned' } : undefined;
}

/** The members of a group where a fault says who they are; undefined: none does. */
export function faultyMembers({ user, faults }: StandIn, group: string): readonly string[] | undefined {
  if (group !== 'BUILTIN\\Administrators') return undefined;
  return faults.isOn('token-filtered') ? [`.\\${user}`] : undefined;
}
