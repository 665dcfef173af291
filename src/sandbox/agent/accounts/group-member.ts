import { faultyMembers } from '../../faults/machine.ts';
import type { StandIn } from '../../node/backing.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure } from '../failure/agent-failure.ts';
import { without } from './account-right.ts';
import { knownAccount } from './known-account.ts';

/** The groups of a stand-in node with their members; a new Windows has more of them. */
const standard: Readonly<Record<string, readonly string[]>> = {
  'BUILTIN\\Administrators': [],
  'BUILTIN\\Users': ['NT AUTHORITY\\Authenticated Users'],
  'Performance Log Users': [],
};

/** As the agent protocol names them. */
export const localGroups: readonly string[] = Object.keys(standard);

export const groupMemberFunctions = {
  'Get-GroupMember': async ({ group }, { node }) => {
    const members = faultyMembers(node, group) ?? membersOf(node, group);
    return members ? { exists: true, members } : { exists: false };
  },

  'Add-GroupMember': async ({ group, account }, { node }) => {
    const known = knownAccount(account);
    keepMembers(node, group, [...without(existing(node, group), known), known]);
    return null;
  },

  'Remove-GroupMember': async ({ group, account }, { node }) => {
    keepMembers(node, group, without(existing(node, group), knownAccount(account)));
    return null;
  },
} satisfies Partial<AgentFunctions>;

/** Undefined: there is no such group. */
export function membersOf({ backing: { memory } }: StandIn, group: string): readonly string[] | undefined {
  const name = localGroups.find((each) => each.toLowerCase() === group.toLowerCase());
  if (name === undefined) return undefined;
  return (memory.get('group-member', name) as readonly string[] | undefined) ?? standard[name];
}

function existing(node: StandIn, group: string): readonly string[] {
  const members = membersOf(node, group);
  if (members) return members;
  throw new AgentFailure('GroupNotFound', `there is no local group ${group}`, 'ObjectNotFound');
}

/** Makes these the members of a group that is there. */
export function keepMembers(
  { backing: { memory } }: StandIn,
  group: string,
  members: readonly string[],
): void {
  memory.set('group-member', group, members);
}
