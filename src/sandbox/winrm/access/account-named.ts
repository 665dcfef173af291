import type { Account } from '../service/service.ts';

/** By its name, with or without a domain before or behind it, in any case. */
export function accountNamed(accounts: readonly Account[], name: string): Account | undefined {
  const bare = name.replace(/^.*\\/, '').replace(/@.*$/, '').toLowerCase();
  return accounts.find((account) => account.name.toLowerCase() === bare);
}
