import type { CheckTable } from '../harness.ts';
import { accessTables } from './access.ts';
import { clientTables } from './client.ts';
import { clusterTables } from './cluster.ts';
import { fileTables } from './files.ts';
import { heldTables } from './held.ts';
import { nameTables } from './names.ts';
import { poolTables } from './pool.ts';
import { repairTables } from './repairs.ts';
import { shareTables } from './shares.ts';
import { spaceTable } from './space.ts';
import { volumeTables } from './volumes.ts';
import { windowsTables } from './windows.ts';

/** The tables of all checks. */
export const tables: readonly CheckTable[] = [
  ...clusterTables,
  ...volumeTables,
  ...poolTables,
  ...repairTables,
  spaceTable,
  ...shareTables,
  ...accessTables,
  ...clientTables,
  ...nameTables,
  ...windowsTables,
  ...fileTables,
  ...heldTables,
];
