import { AgentFailure } from '../failure/agent-failure.ts';

/** Those whose names Windows translates, in English (docs/reference/nodes/agent-protocol.md). */
const wellKnown = [
  'Everyone',
  'CREATOR OWNER',
  'BUILTIN\\Administrators',
  'BUILTIN\\Users',
  ...['Authenticated Users', 'SYSTEM', 'LOCAL SERVICE', 'NETWORK SERVICE'].map(
    (name) => `NT AUTHORITY\\${name}`,
  ),
];

/** An account as the protocol spells it. Those of domains are believed: a stand-in node is in none. Throws `AccountNotFound`. */
export function knownAccount(name: string): string {
  const found = wellKnown.find((each) => each.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const own = /^(?:NT AUTHORITY|BUILTIN)\\/i.test(name) || !name.includes('\\');
  if (own && !/^S-1-[\d-]+$/.test(name))
    throw new AgentFailure('AccountNotFound', `there is no account ${name}`, 'ObjectNotFound');
  return name;
}
