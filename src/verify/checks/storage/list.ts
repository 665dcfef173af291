import { pathForm, samePath } from './client/configured.ts';
import { channels, disconnects } from './client/connection.ts';
import { clock, tickets } from './client/domain.ts';
import { membership } from './client/membership.ts';
import { names, ports } from './client/names.ts';
import { smb, windows } from './client/windows.ts';
import { members } from './cluster/members.ts';
import { networks, witness } from './cluster/quorum.ts';
import { role } from './cluster/role.ts';
import { redirection, volume } from './cluster/volumes.ts';
import { fileSystem } from './files/file-system.ts';
import { exclusions, longPaths } from './files/node.ts';
import { orphans } from './files/orphans.ts';
import type { StorageCheck } from './model/check.ts';
import { disks } from './pool/disks.ts';
import { faults } from './pool/faults.ts';
import { health } from './pool/health.ts';
import { repairs } from './pool/repairs.ts';
import { space } from './pool/space.ts';
import { connection } from './probe/connection.ts';
import { openFiles, otherSide, throughput, witnessClient } from './probe/held.ts';
import { probe, probeEnd } from './probe/probe.ts';
import { shareAccess } from './shares/access.ts';
import { folderAccess } from './shares/folder.ts';
import { shareChecks } from './shares/share.ts';

/** Every check of storage, in the order in which they run. */
export const storageCheckList: readonly StorageCheck[] = [
  ...[windows, pathForm, samePath, membership, names, ports, clock, tickets, smb],
  ...[role, members, witness, networks, volume, redirection],
  ...[health, disks, repairs, faults, space],
  ...shareChecks,
  ...[shareAccess, folderAccess],
  ...[probe, connection, openFiles, witnessClient, otherSide, throughput],
  ...[channels, disconnects, fileSystem, exclusions, longPaths, orphans],
  probeEnd,
];
