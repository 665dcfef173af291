import { z } from 'zod';
import { line, namedMap, percent, windowsPath } from '../values/text.ts';
import { storageChecks } from './storage/checks.ts';

const share = z
  .strictObject({
    kind: z
      .enum(['sofs', 'csv', 'smb'])
      .optional()
      .describe(
        'Scale-Out File Server share, Cluster Shared Volume of the nodes themselves, or any other SMB share. Default: csv for a path below C:\\ClusterStorage, smb for others',
      ),
    path: windowsPath.describe(
      'Path that a node opens: \\\\server\\share for sofs and smb, C:\\ClusterStorage\\... for csv',
    ),
    scope: line
      .optional()
      .describe(
        'Network name of the clustered file server that has the share. Default: for sofs, that of the path; for smb none, the node itself',
      ),
    folder: windowsPath
      .optional()
      .describe('Folder behind a share that oriel creates, on the node that creates it'),
    manage: z
      .boolean()
      .default(false)
      .describe(
        'true: a node with the role storage creates the folder and the share and keeps them in sync; false: they exist already',
      ),
    access: z
      .array(line)
      .default([])
      .describe(
        'Accounts with full control of a share that oriel creates; no others have any, except SYSTEM and Administrators on the folder',
      ),
    continuously_available: z
      .boolean()
      .optional()
      .describe('Whether open files survive a failover of the server. Default: true for sofs'),
    encrypt: z.boolean().default(false).describe('Whether the share has to encrypt its traffic'),
    free: z
      .strictObject({
        warn: percent.prefault('20%').describe('Free space below which a warning is given'),
        fail: percent.prefault('10%').describe('Free space below which a check fails'),
      })
      .prefault({})
      .describe('Free space of the volume'),
  })
  .describe('A share, by its name');

export const storage = z
  .strictObject({
    shares: namedMap(share).default({}).describe('The shares, by name'),
    checks: storageChecks,
  })
  .prefault({})
  .describe('Where the components keep what nodes share');
