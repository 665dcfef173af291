import { isFailure } from '../errors.ts';
import type { AgentResults } from '../session/agent-link/agent-calls.ts';
import type { Session } from '../session/session.ts';
import { uncOf } from '../site/grammar/share-node.ts';
import { identityOf } from '../verify/checks/storage/shares/find-share.ts';
import type { Place } from './cluster-state.ts';
import type { DrillRecord } from './record.ts';

/** A throw-away share without continuous availability, beside that of the site. */
export interface Control {
  readonly record: NonNullable<DrillRecord['control']>;
  readonly place: Place;
  /** The share of the site. */
  readonly like: { readonly name: string; readonly scope?: string };
}

/** Its name, and a folder of its own on the volume of the share. */
export function controlOf({ share, folder }: Place): Control {
  const { name: shared, scope } = identityOf(share);
  const named = scope !== '*' && { scope };
  const name = `oriel-drill-${share.name}`;
  const [volume = folder] = /^[a-z]:\\ClusterStorage\\[^\\]+/i.exec(folder) ?? [];
  const path = `\\\\${uncOf(share.path).server ?? scope}\\${name}`;
  const record = { name, folder: `${volume}\\${name}`, ...named };
  const own = { ...share, name, path, folder: record.folder, continuouslyAvailable: false };
  return { record, place: { share: own, folder: record.folder }, like: { name: shared, ...named } };
}

/** Makes folder and share; who uses the share of the site may write there. Throws CallError, SessionError. */
export async function makeControl({ record, place, like }: Control, session: Session): Promise<void> {
  const { folder: path, ...named } = record;
  const { share } = place;
  const accounts = share.access.length > 0 ? share.access : await accountsOf(like, session);
  const keepers = ['NT AUTHORITY\\SYSTEM', 'BUILTIN\\Administrators'];
  const rights = 'FullControl';
  await session.call({ call: 'Set-Directory', path });
  await session.call({
    call: 'Set-DirectoryAccess',
    ...{ path, access: [...new Set([...keepers, ...accounts])].map((account) => ({ account, rights })) },
  });
  await session.call({
    call: 'New-Share',
    ...{ ...named, path, description: 'oriel drill: may be removed', continuouslyAvailable: false },
    ...{ encryptData: share.encrypt, access: accounts.map((account) => ({ account, rights: 'Full' })) },
  });
}

/** Who has access to a share that is there already. */
async function accountsOf(like: Control['like'], session: Session): Promise<readonly string[]> {
  const call = { call: 'Get-ShareState', ...like };
  const { access = [] } = await session.call<AgentResults['Get-ShareState']>(call);
  return [...new Set(access.filter(({ deny }) => !deny).map(({ account }) => account))];
}

/** Takes share and folder away, as far as they are there. Gives what is left, with the commands to do it by hand. */
export async function removeControl(
  { folder, ...named }: Control['record'],
  session: Session,
): Promise<readonly { readonly what: string; readonly remedy: string }[]> {
  const options = { cleansUp: true } as const;
  const scope = named.scope === undefined ? '' : ` -ScopeName ${named.scope}`;
  const remedy = `Remove-SmbShare -Name ${named.name}${scope} -Force; Remove-Item -Recurse ${folder}`;
  try {
    const share = await session.call<AgentResults['Get-ShareState']>(
      { call: 'Get-ShareState', ...named },
      options,
    );
    if (share.exists) await session.call({ call: 'Remove-Share', ...named }, options);
    const found = await session.call<AgentResults['Get-DirectoryState']>(
      { call: 'Get-DirectoryState', path: folder },
      options,
    );
    if (found.exists) await session.call({ call: 'Remove-Path', path: folder, recurse: true }, options);
    return [];
  } catch (error) {
    if (!isFailure(error)) throw error;
    return [{ what: `the throw-away share ${named.name} is still there: ${error.message}`, remedy }];
  }
}
