import { reveal } from '../../secret.ts';
import type { AgentCall } from '../../session/session.ts';
import type { Text } from '../../site/deployment.ts';
import { base64Of, hexOf, saltedDigest } from '../file/resource.ts';
import type { Work } from '../model/resource.ts';
import type { State } from '../model/state.ts';
import { canonicalAccount, sameAccount, serviceAccount } from './account.ts';

/** Whom a service runs as. */
export interface ServiceAccount {
  /** `LocalSystem`, `NetworkService`, `EXAMPLE\\clock$`, `.\\clock`. */
  readonly name: string;
  /** Accounts of Windows itself and managed ones have none. */
  readonly password?: Password;
}

/**
 * Windows never gives a password back. What was set last is known by a mark on the node: a file with the digest of the password
 * under the controller's salt, written after the password and worth nothing without the salt.
 */
interface Password {
  readonly value: Text;
  /** Path on the node; in a folder that only administrators read. */
  readonly mark: string;
  readonly salt: string;
}

export function desiredAccount(account: ServiceAccount): State {
  const { name, password } = account;
  return {
    account: name,
    ...(password && { password: saltedDigest(markContent(account, password), password.salt) }),
  };
}

/** The call that looks at the mark, where there has to be one. */
export function observeMark({ password }: ServiceAccount): readonly AgentCall[] {
  return password ? [{ call: 'Get-FileState', path: password.mark, salt: hexOf(password.salt) }] : [];
}

/** An account is the same under any of its names, and then has the one that is wanted. */
export function readAccount({ name }: ServiceAccount, found: string | undefined, mark: unknown): State {
  const account = found !== undefined && sameAccount(found, name) ? name : (found ?? null);
  return { account, password: (mark as { digest?: string } | undefined)?.digest ?? null };
}

/** Sets account and password where either differs; what runs has to be stopped before and started after. */
export function accountWork(service: string, account: ServiceAccount, observed: State): readonly Work[] {
  const desired = desiredAccount(account);
  if (Object.entries(desired).every(([property, value]) => observed[property] === value)) return [];
  const { name, password } = account;
  const call = {
    call: 'Set-ServiceAccount',
    name: service,
    account: serviceAccount(name),
    ...(password && { password: reveal(password.value) }),
  };
  const set: Work = { do: 'call', description: `lets ${service} run as ${name}`, call };
  return [set, ...noteWork(service, account)];
}

/** Notes which password `what` has, once it was given it; nothing where there is none. */
export function noteWork(what: string, account: ServiceAccount): readonly Work[] {
  const { password } = account;
  if (!password) return [];
  const call = { call: 'Set-File', path: password.mark, content: base64Of(markContent(account, password)) };
  return [{ do: 'call', description: `notes that ${what} has this password`, call }];
}

function markContent({ name }: ServiceAccount, { value, salt }: Password): string {
  return `${canonicalAccount(name)}\r\n${saltedDigest(value, salt)}\r\n`;
}
