import type { StandIn } from '../../node/backing.ts';
import type { AgentFunctions } from '../call/function.ts';
import { knownAccount } from './known-account.ts';

/** Who has a right on a stand-in node, where nobody was given one otherwise: what a new Windows has for services. */
const standard: Readonly<Record<string, readonly string[]>> = {
  SeServiceLogonRight: ['NT SERVICE\\ALL SERVICES'],
};

export const accountRightFunctions = {
  'Get-AccountRight': async ({ right }, { node }) => ({ accounts: holdersOf(node, right) }),

  'Grant-AccountRight': async ({ right, account }, { node }) => {
    const known = knownAccount(account);
    keepHolders(node, right, [...without(holdersOf(node, right), known), known]);
    return null;
  },

  'Revoke-AccountRight': async ({ right, account }, { node }) => {
    keepHolders(node, right, without(holdersOf(node, right), knownAccount(account)));
    return null;
  },
} satisfies Partial<AgentFunctions>;

/** Every right that somebody has or had on a node, with those who have it. */
export function rightsOf(
  node: StandIn,
): readonly { readonly right: string; readonly accounts: readonly string[] }[] {
  const kept = node.backing.memory.entries('account-right').map(([right]) => right);
  const others = Object.keys(standard).filter((right) => !kept.includes(right.toLowerCase()));
  return [...kept, ...others].map((right) => ({ right, accounts: holdersOf(node, right) }));
}

function holdersOf({ backing: { memory } }: StandIn, right: string): readonly string[] {
  return (memory.get('account-right', right) as readonly string[] | undefined) ?? standard[right] ?? [];
}

/** Makes these accounts the ones that have a right. */
export function keepHolders(
  { backing: { memory } }: StandIn,
  right: string,
  accounts: readonly string[],
): void {
  memory.set('account-right', right, accounts);
}

/** Names of accounts in any case are the same. */
export function without(accounts: readonly string[], account: string): readonly string[] {
  return accounts.filter((each) => each.toLowerCase() !== account.toLowerCase());
}
