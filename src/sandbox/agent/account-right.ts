import { z } from 'zod';
import type { StandIn } from '../backing.ts';
import { knownAccount } from './accounts.ts';
import { agentFunction } from './function.ts';

const right = z.string().regex(/^Se[A-Za-z]{1,60}$/, 'is no right of an account');
const change = z.strictObject({ right, account: z.string() });

/** Who has a right on a stand-in node, where nobody was given one otherwise: what a new Windows has for services. */
const standard: Readonly<Record<string, readonly string[]>> = {
  SeServiceLogonRight: ['NT SERVICE\\ALL SERVICES'],
};

export const getAccountRight = agentFunction(z.strictObject({ right }), async ({ right }, { node }) => ({
  accounts: holdersOf(node, right),
}));

export const grantAccountRight = agentFunction(change, async ({ right, account }, { node }) => {
  const known = knownAccount(account);
  keep(node, right, [...without(holdersOf(node, right), known), known]);
  return null;
});

export const revokeAccountRight = agentFunction(change, async ({ right, account }, { node }) => {
  keep(node, right, without(holdersOf(node, right), knownAccount(account)));
  return null;
});

function holdersOf({ backing: { memory } }: StandIn, right: string): readonly string[] {
  return (memory.get('account-right', right) as readonly string[] | undefined) ?? standard[right] ?? [];
}

function keep({ backing: { memory } }: StandIn, right: string, accounts: readonly string[]): void {
  memory.set('account-right', right, accounts);
}

/** Names of accounts in any case are the same. */
export function without(accounts: readonly string[], account: string): readonly string[] {
  return accounts.filter((each) => each.toLowerCase() !== account.toLowerCase());
}
