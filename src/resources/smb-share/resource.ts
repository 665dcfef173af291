import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import { sameAccount } from '../accounts/account.ts';
import type { Resource, Work } from '../model/resource.ts';

/** What an account may do through a share; the folder behind it has access of its own. */
export interface ShareAccess {
  readonly account: string;
  readonly rights: 'Full' | 'Change' | 'Read';
}

interface ShareName {
  readonly name: string;
  /** Network name of the clustered file server; without it the share is of the node alone. */
  readonly scope?: string;
}

export type SmbShare = ShareName &
  (
    | { readonly ensure: 'absent' }
    | {
        readonly ensure: 'present';
        /** Folder on the node; it has to be there. */
        readonly path: string;
        /** Open files survive a failover of the file server. */
        readonly continuouslyAvailable: boolean;
        readonly encrypt: boolean;
        /** Exactly these have access. */
        readonly access: readonly ShareAccess[];
      }
  );

type ShareState = AgentResults['Get-ShareState'];

/** What a console shows of the shares that we made. */
const description = 'oriel';

/** A folder that others reach over SMB. `absent` deletes the share and leaves the folder. */
export const smbShare: Resource<SmbShare> = {
  kind: 'smb-share',
  identity: (spec) => ({ ...named(spec) }),
  reasons: { access: 'access differs from what is declared' },
  desired(spec) {
    if (spec.ensure === 'absent') return { exists: false };
    const { path, continuouslyAvailable, encrypt, access } = spec;
    const accounts = access.map(({ account, rights }) => `${account} ${rights}`).sort();
    return { exists: true, path, continuouslyAvailable, encrypt, caching: 'None', access: accounts };
  },
  observe: (spec) => [{ call: 'Get-ShareState', ...named(spec) }],
  read(spec, [result]) {
    const found = result as ShareState;
    if (spec.ensure === 'absent' || !found.exists) return { exists: found.exists };
    const { path = '', continuouslyAvailable, encryptData, cachingMode, access = [] } = found;
    return {
      exists: true,
      path: path.toLowerCase() === spec.path.toLowerCase() ? spec.path : path,
      continuouslyAvailable: continuouslyAvailable ?? null,
      encrypt: encryptData ?? null,
      caching: cachingMode ?? null,
      access: seen(access, spec.access),
    };
  },
  change(spec, observed) {
    const { name } = spec;
    const remove: Work = {
      do: 'call',
      description: `deletes the share ${name}`,
      call: { call: 'Remove-Share', ...named(spec) },
    };
    if (spec.ensure === 'absent') return [remove];
    const { path, continuouslyAvailable, encrypt: encryptData, access } = spec;
    const settings = { continuouslyAvailable, encryptData };
    const make: Work = {
      do: 'call',
      description: `shares ${path} as ${name}`,
      call: { call: 'New-Share', ...named(spec), path, description, ...settings, access },
    };
    if (observed.exists !== true) return [make];
    // Windows has no other way to let a share lead elsewhere.
    if (observed.path !== path) return [remove, make];
    return [
      {
        do: 'call',
        description: `changes the share ${name}`,
        call: { call: 'Set-Share', ...named(spec), ...settings },
      },
      {
        do: 'call',
        description: `sets the access to ${name}`,
        call: { call: 'Set-ShareAccess', ...named(spec), access },
      },
    ];
  },
};

function named({ name, scope }: ShareName): ShareName {
  return { name, ...(scope !== undefined && { scope }) };
}

/** One text for each entry, an account as it is wanted where it is the same one. An entry that denies is never wanted. */
function seen(found: NonNullable<ShareState['access']>, spec: readonly ShareAccess[]): readonly string[] {
  const texts = found.map(({ account, rights, deny }) => {
    const name = spec.find((each) => sameAccount(each.account, account))?.account ?? account;
    return `${name} ${rights}${deny ? ' denied' : ''}`;
  });
  return texts.sort();
}
