import { accessErrors } from './errors/access.ts';
import { clusterErrors } from './errors/cluster.ts';
import { fileErrors } from './errors/files.ts';
import { networkErrors } from './errors/network.ts';
import type { KnownError } from './model/known-error.ts';

/** The errors of Windows, SMB and clusters that oriel knows causes of; components have more (`Component.errors`). */
export const knownErrors: readonly KnownError[] = [
  ...accessErrors,
  ...networkErrors,
  ...fileErrors,
  ...clusterErrors,
];
