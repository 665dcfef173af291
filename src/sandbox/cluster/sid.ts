import { createHash } from 'node:crypto';

const wellKnown: Readonly<Record<string, string>> = {
  EVERYONE: 'WD',
  'CREATOR OWNER': 'CO',
  'BUILTIN\\ADMINISTRATORS': 'BA',
  'BUILTIN\\USERS': 'BU',
  'NT AUTHORITY\\AUTHENTICATED USERS': 'AU',
  'NT AUTHORITY\\SYSTEM': 'SY',
  'NT AUTHORITY\\LOCAL SERVICE': 'LS',
  'NT AUTHORITY\\NETWORK SERVICE': 'NS',
};
const allServices = { name: 'NT SERVICE\\ALL SERVICES', sid: 'S-1-5-80-0' } as const;

/**
 * The SID of an account, the same on every node: that of a service is as Windows makes it (SHA-1 of the name), that of any other is
 * as good as any. A name that is a SID stays one.
 */
export function accountSid(name: string): string {
  const [domain = '', account = ''] = name.toUpperCase().split('\\');
  if (/^S-1-/.test(domain)) return domain;
  if (name.toUpperCase() === allServices.name) return allServices.sid;
  if (domain === 'NT SERVICE') return `S-1-5-80-${numbers('sha1', account, 5).join('-')}`;
  const [rid = 0] = numbers('sha256', account, 1);
  return `S-1-5-21-${numbers('sha256', domain, 3).join('-')}-${1000 + (rid % 1_000_000)}`;
}

/** What an access descriptor (SDDL) writes for an account: two letters where Windows has them. */
export function sidOf(name: string): string {
  return wellKnown[name.toUpperCase()] ?? accountSid(name);
}

function numbers(algorithm: string, text: string, count: number): readonly number[] {
  const bytes = createHash(algorithm).update(text, 'utf16le').digest();
  return Array.from({ length: count }, (_, index) => bytes.readUInt32LE(4 * index));
}
