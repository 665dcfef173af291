/** An entry of an access list as SDDL has it. */
export interface SddlEntry {
  readonly deny: boolean;
  readonly rights: string;
  readonly sid: string;
}

/** Two letters in place of a SID (learn.microsoft.com, windows/win32/secauthz/sid-strings). */
const aliases: Readonly<Record<string, string>> = {
  WD: 'S-1-1-0',
  AN: 'S-1-5-7',
  AU: 'S-1-5-11',
  SY: 'S-1-5-18',
  LS: 'S-1-5-19',
  NS: 'S-1-5-20',
  BA: 'S-1-5-32-544',
  BU: 'S-1-5-32-545',
  BG: 'S-1-5-32-546',
  CO: 'S-1-3-0',
};

/** Whom nobody controls, by SID, whatever Windows calls them in its language. */
export const wideAccounts: Readonly<Record<string, string>> = {
  'S-1-1-0': 'Everyone',
  'S-1-5-7': 'Anonymous',
  'S-1-5-11': 'Authenticated Users',
  'S-1-5-32-546': 'Guests',
};

/** The entries that allow and deny, of `O:BAG:DUD:(A;;FA;;;WD)`; absent where the text has no such list: then all have access. */
export function sddlEntries(sddl: string): readonly SddlEntry[] | undefined {
  const list = /D:[A-Z]*(?<entries>(?:\([^)]*\))*)/.exec(sddl)?.groups?.entries;
  if (list === undefined || /D:NO_ACCESS_CONTROL/.test(sddl)) return undefined;
  return [...list.matchAll(/\((?<entry>[^)]*)\)/g)].flatMap(({ groups }) => {
    const [type = '', , rights = '', , , sid = ''] = (groups?.entry ?? '').split(';');
    if (!/^X?[AD]$/.test(type)) return [];
    return [{ deny: type.endsWith('D'), rights, sid: aliases[sid] ?? sid }];
  });
}
