import { z } from 'zod';
import { line, namedMap, percent, size, windowsPath } from '../values/text.ts';
import { storageChecks } from './storage/checks.ts';
import { volume } from './storage/volume.ts';

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
      .union([z.literal('nodes'), z.array(line)])
      .default([])
      .describe(
        'Accounts with full control of a share that oriel creates; no others have any, except SYSTEM and Administrators on the folder. nodes: the computers of all nodes that are not the storage itself',
      ),
    continuously_available: z
      .boolean()
      .optional()
      .describe('Whether open files survive a failover of the server. Default: true for sofs'),
    encrypt: z.boolean().default(false).describe('Whether the share has to encrypt its traffic'),
    quota: size
      .optional()
      .describe(
        'Limit for the folder of a share that oriel creates, by the File Server Resource Manager; not for scale-out file servers. Default: none',
      ),
    volume: volume.optional(),
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
    domain: line
      .optional()
      .describe(
        'Domain of the computers as accounts name it, EXAMPLE in EXAMPLE\\NODE-1$: for `access: nodes`',
      ),
    shares: namedMap(share).default({}).describe('The shares, by name'),
    checks: storageChecks,
  })
  .prefault({})
  .describe('Where the components keep what nodes share');
