import type { CheckTable } from '../harness.ts';
import { accessTables } from './access.ts';
import { clusterTables } from './cluster.ts';
import { shareTables } from './shares.ts';
import { volumeTables } from './volumes.ts';

/** The tables of all checks. */
export const tables: readonly CheckTable[] = [
  ...clusterTables,
  ...volumeTables,
  ...shareTables,
  ...accessTables,
];
