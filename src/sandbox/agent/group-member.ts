import { z } from 'zod';
import type { StandIn } from '../backing.ts';
import { without } from './account-right.ts';
import { knownAccount } from './accounts.ts';
import { AgentFailure } from './failure.ts';
import { agentFunction } from './function.ts';

const change = z.strictObject({ group: z.string(), account: z.string() });

/** The groups of a stand-in node with their members; a new Windows has more of them. */
const standard: Readonly<Record<string, readonly string[]>> = {
  'BUILTIN\\Administrators': [],
  'BUILTIN\\Users': ['NT AUTHORITY\\Authenticated Users'],
  'Performance Log Users': [],
};

export const getGroupMember = agentFunction(
  z.strictObject({ group: z.string() }),
  async ({ group }, { node }) => {
    const members = membersOf(node, group);
    return members ? { exists: true, members } : { exists: false };
  },
);

export const addGroupMember = agentFunction(change, async ({ group, account }, { node }) => {
  const known = knownAccount(account);
  keep(node, group, [...without(existing(node, group), known), known]);
  return null;
});

export const removeGroupMember = agentFunction(change, async ({ group, account }, { node }) => {
  keep(node, group, without(existing(node, group), knownAccount(account)));
  return null;
});

function membersOf({ backing: { memory } }: StandIn, group: string): readonly string[] | undefined {
  const name = Object.keys(standard).find((each) => each.toLowerCase() === group.toLowerCase());
  if (name === undefined) return undefined;
  return (memory.get('group-member', name) as readonly string[] | undefined) ?? standard[name];
}

function existing(node: StandIn, group: string): readonly string[] {
  const members = membersOf(node, group);
  if (members) return members;
  throw new AgentFailure('GroupNotFound', `there is no local group ${group}`, 'ObjectNotFound');
}

function keep({ backing: { memory } }: StandIn, group: string, members: readonly string[]): void {
  memory.set('group-member', group, members);
}
