import type { AgentResults } from '../../../session/agent-link/agent-calls.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';
import type { NodeMemory } from '../../node/memory.ts';
import { propertyOf } from '../cmdlet/rows.ts';
import { scenarioRows } from '../cmdlet/scenario.ts';

/** Who may do what through a share, as Get-SmbShareAccess says it. */
export interface ShareEntry {
  readonly account: string;
  readonly rights: 'Full' | 'Change' | 'Read';
  readonly deny?: true;
}

/** Name and scope together name a share. The scope is the network name of a clustered file server, `*` the node itself. */
export interface ShareKey {
  readonly name: string;
  readonly scope: string;
}

export interface Share {
  /** Its properties, as Get-SmbShare has them. */
  readonly row: CmdletRow;
  readonly access: readonly ShareEntry[];
}

type Kept = Share | { readonly removed: true } | (AgentResults['Get-ShareState'] & { readonly row?: never });

const kind = 'smb-share';

/** All shares that a node sees: those of the scenario, as they were changed since, and those that were made. */
export function sharesOf(node: StandIn): readonly Share[] {
  const found = new Map(scenarioShares(node).map((share) => [idOf(keyOf(share)), share]));
  for (const memory of [node.backing.memory, node.shared])
    for (const [id, kept] of memory.entries(kind)) {
      const share = shareOf(id, kept as Kept);
      if (share) found.set(id, share);
      else found.delete(id);
    }
  return [...found.values()];
}

export function findShare(node: StandIn, key: ShareKey): Share | undefined {
  return sharesOf(node).find((share) => idOf(keyOf(share)) === idOf(key));
}

/** Keeps a share as it is now; one of a clustered file server is seen by all nodes. */
export function keepShare(node: StandIn, share: Share): void {
  write(node, keyOf(share), share);
}

export function removeShare(node: StandIn, key: ShareKey): void {
  write(node, key, { removed: true });
}

export function keyOf({ row }: Share): ShareKey {
  return { name: String(propertyOf(row, 'Name')), scope: String(propertyOf(row, 'ScopeName') ?? '*') };
}

function write(node: StandIn, key: ShareKey, kept: Kept): void {
  const [home, other] = homesOf(node, key);
  home.set(kind, idOf(key), kept);
  if (other !== home) other.set(kind, idOf(key), undefined);
}

function homesOf({ backing, shared }: StandIn, { scope }: ShareKey): readonly [NodeMemory, NodeMemory] {
  return scope === '*' ? [backing.memory, shared] : [shared, backing.memory];
}

function idOf({ name, scope }: ShareKey): string {
  return `${scope}\\${name}`.toLowerCase();
}

/** What was kept before there were rows had no name but its id. */
function shareOf(id: string, kept: Kept): Share | undefined {
  if ('removed' in kept) return undefined;
  if (kept.row) return kept;
  const [scope = '*', name = ''] = id.split('\\');
  const { path = '', description, continuouslyAvailable, encryptData, cachingMode, access = [] } = kept;
  const row = newRow({ name, scope }, path);
  const known = { Description: description, ContinuouslyAvailable: continuouslyAvailable };
  return {
    row: { ...row, ...known, EncryptData: encryptData, CachingMode: cachingMode },
    access: access as Share['access'],
  };
}

/** The properties that a new share has where nothing else is said. */
export function newRow({ name, scope }: ShareKey, path: string): CmdletRow {
  const clustered = scope !== '*';
  return {
    Name: name,
    ScopeName: scope,
    Scoped: clustered,
    Path: path,
    Description: '',
    ShareType: 'FileSystemDirectory',
    ShareState: 'Online',
    AvailabilityType: clustered ? 'ScaleOut' : 'NonClustered',
    ContinuouslyAvailable: false,
    CATimeout: 0,
    CachingMode: 'Manual',
    EncryptData: false,
    FolderEnumerationMode: 'Unrestricted',
    ConcurrentUserLimit: 0,
    CurrentUsers: 0,
    SecurityDescriptor: '',
    ShadowCopy: false,
    Special: false,
    Temporary: false,
    SmbInstance: 'Default',
  };
}

function scenarioShares(node: StandIn): readonly Share[] {
  const entries = scenarioRows(node, 'Get-SmbShareAccess');
  return scenarioRows(node, 'Get-SmbShare').map((row) => {
    const same = (entry: CmdletRow): boolean =>
      ['Name', 'ScopeName'].every((name) => propertyOf(entry, name) === propertyOf(row, name));
    return { row, access: entries.filter(same).map(entryOf) };
  });
}

function entryOf(row: CmdletRow): ShareEntry {
  const rights = String(propertyOf(row, 'AccessRight')) as ShareEntry['rights'];
  const deny = propertyOf(row, 'AccessControlType') === 'Deny';
  return { account: String(propertyOf(row, 'AccountName')), rights, ...(deny && { deny }) };
}
