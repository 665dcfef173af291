import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAbsent } from '../agent/failure/agent-failure.ts';
import { type AccountRights, inheritedBy } from './inheritance.ts';

/** What was set for a file or directory itself. */
export interface OwnAccess {
  readonly owner?: string;
  /** Whether it has what its directory passes on, besides. */
  readonly inherits: boolean;
  readonly accounts: readonly AccountRights[];
}

export interface DirectoryAccess {
  readonly owner: string;
  readonly inherits: boolean;
  readonly accounts: readonly (AccountRights & { readonly inherited: boolean })[];
}

/** About what C:\ProgramData gives to what is made below it. */
const fromAbove: readonly AccountRights[] = [
  { account: 'NT AUTHORITY\\SYSTEM', rights: 'FullControl' },
  { account: 'BUILTIN\\Administrators', rights: 'FullControl' },
  { account: 'BUILTIN\\Users', rights: 'ReadAndExecute, Synchronize' },
];
const administrators = 'BUILTIN\\Administrators';
/** A list alone is that of a directory that inherits nothing: sandboxes of before have such. */
type StoredAccess = { readonly [identity: string]: OwnAccess | readonly AccountRights[] };

/**
 * Who has access to a file or directory of a stand-in node. Neither this machine nor Wine keeps access lists (Wine has the nine bits of
 * Unix), so what was set is remembered beside the node's drive; nothing holds anybody to it.
 */
export function readAccess(root: string, path: string): DirectoryAccess {
  const record = readRecord(root);
  const own = ownAccess(record, path);
  return {
    owner: own.owner ?? administrators,
    inherits: own.inherits,
    accounts: effective(record, root, path, own),
  };
}

/** Sets access of a file or directory, and so of what is below, as far as that inherits. */
export function writeAccess(root: string, path: string, access: OwnAccess): void {
  const file = fileOf(root);
  writeFileSync(`${file}.new`, JSON.stringify({ ...readRecord(root), [identityOf(path)]: access }));
  renameSync(`${file}.new`, file);
}

function effective(
  record: StoredAccess,
  root: string,
  path: string,
  own: OwnAccess,
): DirectoryAccess['accounts'] {
  const set = own.accounts.map((each) => ({ ...each, inherited: false }));
  if (!own.inherits) return set;
  const above = dirname(path);
  const top = path === root || above === path;
  const found = top ? fromAbove : effective(record, root, above, ownAccess(record, above));
  const passedOn = inheritedBy(found, statSync(path).isDirectory());
  return [...set, ...passedOn.map((each) => ({ ...each, inherited: true }))];
}

function ownAccess(record: StoredAccess, path: string): OwnAccess {
  const found = record[identityOf(path)] ?? { inherits: true, accounts: [] };
  return isList(found) ? { inherits: false, accounts: found } : found;
}

function isList(found: OwnAccess | readonly AccountRights[]): found is readonly AccountRights[] {
  return Array.isArray(found);
}

/** Of the file or directory itself and not of its name: a removed one that is made again is another. */
function identityOf(path: string): string {
  const { dev, ino, birthtimeNs } = statSync(path, { bigint: true });
  return [dev, ino, birthtimeNs].join('-');
}

function readRecord(root: string): StoredAccess {
  try {
    return JSON.parse(readFileSync(fileOf(root), 'utf8')) as StoredAccess;
  } catch (error) {
    if (isAbsent(error)) return {};
    throw error;
  }
}

function fileOf(root: string): string {
  return join(root, 'access.json');
}
