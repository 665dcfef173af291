/** How the service manager writes the accounts that have more than one name. */
const serviceAccounts: Readonly<Record<string, string>> = {
  system: 'LocalSystem',
  localsystem: 'LocalSystem',
  localservice: 'NT AUTHORITY\\LocalService',
  networkservice: 'NT AUTHORITY\\NetworkService',
};

/** The same text for every spelling of an account: any case, blanks in those of Windows itself, with and without authority. */
export function canonicalAccount(account: string): string {
  const short = account
    .toLowerCase()
    .replace(/^nt authority\\/, '')
    .replaceAll(' ', '');
  return serviceAccounts[short] ?? account.toLowerCase();
}

/** An account as the service manager takes it: `NetworkService` is `NT AUTHORITY\\NetworkService` there. */
export function serviceAccount(account: string): string {
  const canonical = canonicalAccount(account);
  return canonical === account.toLowerCase() ? account : canonical;
}

/** Whether an account is part of Windows: it has no password, and may run services. */
export function isBuiltIn(account: string): boolean {
  return Object.values(serviceAccounts).includes(canonicalAccount(account));
}

/** An account as the agent protocol names it: those of Windows itself in English, with their authority. */
export function protocolAccount(account: string): string {
  const names: Readonly<Record<string, string>> = {
    LocalSystem: 'NT AUTHORITY\\SYSTEM',
    'NT AUTHORITY\\LocalService': 'NT AUTHORITY\\LOCAL SERVICE',
    'NT AUTHORITY\\NetworkService': 'NT AUTHORITY\\NETWORK SERVICE',
  };
  return names[canonicalAccount(account)] ?? account;
}

/** Whether two names are of one account. */
export function sameAccount(one: string, other: string): boolean {
  return canonicalAccount(one) === canonicalAccount(other);
}
