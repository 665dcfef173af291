import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Resource, Work } from '../model/resource.ts';

/** What an account may do with a directory and with all that is below it. */
export interface AccessEntry {
  /** `NT AUTHORITY\\SYSTEM`, `EXAMPLE\\clock$`: as the agent protocol names accounts. */
  readonly account: string;
  readonly rights: 'FullControl' | 'Modify' | 'ReadAndExecute';
}

export interface Directory {
  readonly ensure: 'present' | 'absent';
  /** Path on the node. */
  readonly path: string;
  /** Exactly these have access, and Administrators own it; nothing is inherited from above. Without it, access is as it is. */
  readonly access?: readonly AccessEntry[];
}

type DirectoryState = AgentResults['Get-DirectoryState'];

/** A directory and who has access to it; `absent` takes it away with all that is in it. */
export const directory: Resource<Directory> = {
  kind: 'directory',
  reasons: { inherits: 'inherits access from above', access: 'access differs from what is declared' },
  desired({ ensure, access }) {
    if (ensure === 'absent' || !access) return { exists: ensure === 'present' };
    const accounts = access.map(({ account, rights }) => `${account} ${rights}`).sort();
    return { exists: true, owner: 'BUILTIN\\Administrators', inherits: false, access: accounts };
  },
  observe({ path, access }) {
    const state = { call: 'Get-FileState', path };
    return access ? [state, { call: 'Get-DirectoryState', path }] : [state];
  },
  read({ access = [] }, [file, found]) {
    const { kind } = file as AgentResults['Get-FileState'];
    if (kind === 'file') return { unreadable: 'a file stands where the directory belongs' };
    const { owner, inherits, accounts, link } = (found ?? {}) as Partial<DirectoryState>;
    if (link)
      return {
        unreadable: 'a link to some other place stands where the directory belongs',
        remedy: 'look at it and remove it: who made it can make it point elsewhere',
      };
    if (!accounts) return { exists: kind === 'directory' };
    return { exists: true, owner: owner ?? null, inherits: inherits ?? null, access: seen(accounts, access) };
  },
  change({ ensure, path, access }, { exists }) {
    if (ensure === 'absent') {
      const call = { call: 'Remove-Path', path, recurse: true };
      return [{ do: 'call', description: `removes ${path} and what is in it`, call }];
    }
    const make: Work = { do: 'call', description: `creates ${path}`, call: { call: 'Set-Directory', path } };
    const lock = { call: 'Set-DirectoryAccess', path, access };
    return [
      ...(exists === true ? [] : [make]),
      ...(access ? [{ do: 'call', description: `sets the access to ${path}`, call: lock } as const] : []),
    ];
  },
};

/**
 * One text for each entry. Windows adds `Synchronize` to all rights but full ones, and takes names of accounts in any case: both
 * are made as they are wanted. An entry that denies, or is not for all that is below, is said so and thus never wanted.
 */
function seen(
  accounts: NonNullable<DirectoryState['accounts']>,
  spec: readonly AccessEntry[],
): readonly string[] {
  const texts = accounts.map(({ account, rights, deny, reach }) => {
    const same = spec.find((each) => each.account.toLowerCase() === account.toLowerCase());
    const words = [same?.account ?? account, rights.replace(/, Synchronize$/, '')];
    return [...words, ...(deny ? ['denied'] : []), ...(reach ? [`(${reach})`] : [])].join(' ');
  });
  return texts.sort();
}
