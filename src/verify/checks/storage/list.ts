import { members } from './cluster/members.ts';
import { networks, witness } from './cluster/quorum.ts';
import { role } from './cluster/role.ts';
import { redirection, volume } from './cluster/volumes.ts';
import type { StorageCheck } from './model/check.ts';
import { shareAccess } from './shares/access.ts';
import { folderAccess } from './shares/folder.ts';
import { shareChecks } from './shares/share.ts';

/** Every check of storage, in the order in which they run. */
export const storageCheckList: readonly StorageCheck[] = [
  ...[role, members, witness, networks, volume, redirection],
  ...shareChecks,
  ...[shareAccess, folderAccess],
];
