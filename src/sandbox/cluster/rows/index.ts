import { failoverRows } from './failover.ts';
import { hostRows } from './host.ts';
import type { Rows } from './row.ts';
import { smbRows } from './smb.ts';
import { storageRows } from './storage.ts';

/** What the cmdlets of a node print of its cluster, by their names. */
export const clusterRows: Readonly<Record<string, Rows>> = {
  ...failoverRows,
  ...storageRows,
  ...smbRows,
  ...hostRows,
};
