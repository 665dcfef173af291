import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAbsent } from '../agent/failure/agent-failure.ts';

export interface AccountRights {
  readonly account: string;
  /** .NET's words: `FullControl`, `Modify, Synchronize`. */
  readonly rights: string;
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
const owner = 'BUILTIN\\Administrators';
type StoredAccess = { readonly [directory: string]: readonly AccountRights[] };

/**
 * Who has access to a directory of a stand-in node. Neither this machine nor Wine keeps access lists (Wine has the nine bits of
 * Unix), so what was set is remembered beside the node's drive; nothing holds anybody to it.
 */
export function readAccess(root: string, folder: string): DirectoryAccess {
  const record = readRecord(root);
  const own = record[identityOf(folder)];
  const found = own ?? nearest(record, root, dirname(folder));
  return {
    owner,
    inherits: !own,
    accounts: found.map((each) => ({ ...each, inherited: !own })),
  };
}

/** Makes these all who have access to a directory and to what is below, as far as that has no list of its own. */
export function writeAccess(root: string, folder: string, accounts: readonly AccountRights[]): void {
  const file = fileOf(root);
  writeFileSync(`${file}.new`, JSON.stringify({ ...readRecord(root), [identityOf(folder)]: accounts }));
  renameSync(`${file}.new`, file);
}

function nearest(record: StoredAccess, root: string, folder: string): readonly AccountRights[] {
  const found = record[identityOf(folder)];
  if (found) return found;
  return folder === root || dirname(folder) === folder ? fromAbove : nearest(record, root, dirname(folder));
}

/** Of the directory itself and not of its name: a removed one that is made again is another. */
function identityOf(folder: string): string {
  const { dev, ino, birthtimeNs } = statSync(folder, { bigint: true });
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
