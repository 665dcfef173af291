import type { StorageUse, Subject } from '../model/check.ts';

/** An account that must have access, and what it is called in an access list. */
export interface Principal {
  /** `EXAMPLE\service$`, or `NODE-1$` of a domain that the site does not name. */
  readonly name: string;
  /** The site asks for it by name. */
  readonly named: boolean;
}

const asComputer =
  /^(?:NT AUTHORITY\\)?(?:LocalSystem|Local ?System|SYSTEM|NetworkService|Network Service)$/i;

/**
 * Whom a service is on the wire: LocalSystem and NetworkService are the account of their `computer`. Until that was asked it is taken
 * to have the name of the node in the site file.
 */
export function principalOf(
  { account, node }: Pick<StorageUse, 'account' | 'node'>,
  computer = node,
): Principal {
  return asComputer.test(account) ? { name: `${computer}$`, named: false } : { name: account, named: true };
}

/** Who must have access to a share: those that the site names, else the accounts of what uses it. */
export function principalsOf({ share, uses }: Subject): readonly Principal[] {
  if (share.access.length > 0) return share.access.map((name) => ({ name, named: true }));
  const found = uses.filter((use) => use.share === share.name).map((use) => principalOf(use));
  return found.filter(({ name }, index) => found.findIndex((other) => other.name === name) === index);
}

/** Whether a name of an access list is this account; without a domain it is that of any domain. */
export function isPrincipal({ name }: Principal, listed: string): boolean {
  const [one, other] = [name.toLowerCase(), listed.toLowerCase()];
  return one === other || (!one.includes('\\') && other.endsWith(`\\${one}`));
}
