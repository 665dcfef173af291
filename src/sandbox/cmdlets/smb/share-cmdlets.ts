import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';
import { type Cmdlet, cmdlet, texts } from '../cmdlet/cmdlet.ts';
import { selectRows } from '../cmdlet/rows.ts';
import { findShare, keepShare, keyOf, newRow, removeShare, type Share, type ShareEntry } from './shares.ts';
import { targetParameters, targetsOf } from './targets.ts';

const settings = {
  Description: z.string().optional(),
  ConcurrentUserLimit: z.number().optional(),
  CATimeout: z.number().optional(),
  ContinuouslyAvailable: z.boolean().optional(),
  FolderEnumerationMode: z.enum(['AccessBased', 'Unrestricted']).optional(),
  CachingMode: z.enum(['None', 'Manual', 'Documents', 'Programs', 'BranchCache']).optional(),
  SecurityDescriptor: z.string().optional(),
  EncryptData: z.boolean().optional(),
};
const newShareParameters = z.strictObject({
  ...settings,
  Name: z.string(),
  Path: z.string(),
  ScopeName: z.string().optional(),
  Temporary: z.boolean().optional(),
  FullAccess: texts.optional(),
  ChangeAccess: texts.optional(),
  ReadAccess: texts.optional(),
  NoAccess: texts.optional(),
});

export type NewShare = z.infer<typeof newShareParameters>;

export const shareCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-SmbShare': (parameters, node) => {
    const { Name, ScopeName, SmbInstance, IncludeHidden: _, ...properties } = parameters;
    const targets = targetShape.parse({ Name, ScopeName, SmbInstance });
    const found = targetsOf(node, 'Get-SmbShare', targets).map(({ row }) => row);
    return selectRows(found, properties);
  },

  'New-SmbShare': cmdlet(newShareParameters, async (parameters, node) => [await makeShare(node, parameters)]),

  'Set-SmbShare': cmdlet(
    z.strictObject({ ...targetParameters, ...settings, PassThru: z.boolean().optional() }),
    ({ Name, ScopeName, InputObject, SmbInstance: _, Force: __, PassThru, ...set }, node) => {
      const rows = targetsOf(node, 'Set-SmbShare', { Name, ScopeName, InputObject }).map((share) =>
        changeShare(node, share, set),
      );
      return PassThru ? rows : [];
    },
  ),

  'Remove-SmbShare': cmdlet(
    z.strictObject({ ...targetParameters, PassThru: z.boolean().optional() }),
    ({ PassThru, ...targets }, node) => {
      const found = targetsOf(node, 'Remove-SmbShare', targets);
      for (const share of found) removeShare(node, keyOf(share));
      return PassThru ? found.map(({ row }) => row) : [];
    },
  ),
};

const { Name, ScopeName, SmbInstance } = targetParameters;
const targetShape = z.object({ Name, ScopeName, SmbInstance });

/** Makes a share and gives its properties. Throws the errors of Windows for one that is there, and for a folder that is not. */
export async function makeShare(node: StandIn, parameters: NewShare): Promise<CmdletRow> {
  const { Name, Path, ScopeName = '*', FullAccess, ChangeAccess, ReadAccess, NoAccess, ...more } = parameters;
  const folder = await stat(node.backing.hostPath(Path)).catch(() => undefined);
  if (!folder?.isDirectory())
    throw new AgentFailure('Windows System Error 2', `there is no ${Path}`, 'InvalidResult');
  const key = { name: Name, scope: ScopeName };
  if (findShare(node, key))
    throw new AgentFailure('Windows System Error 2118', `${Name} is shared already`, 'ResourceExists');
  const given: readonly ShareEntry[] = [
    ...entries(FullAccess, 'Full'),
    ...entries(ChangeAccess, 'Change'),
    ...entries(ReadAccess, 'Read'),
    ...entries(NoAccess, 'Full').map((entry): ShareEntry => ({ ...entry, deny: true })),
  ];
  const access = given.length > 0 ? given : entries(['Everyone'], 'Read');
  const share: Share = { row: { ...newRow(key, Path), ...defined(more) }, access };
  keepShare(node, share);
  return share.row;
}

/** Changes these properties of a share and gives all. */
export function changeShare(node: StandIn, share: Share, set: CmdletRow): CmdletRow {
  const row = { ...share.row, ...defined(set) };
  keepShare(node, { ...share, row });
  return row;
}

function defined(row: CmdletRow): CmdletRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}

function entries(accounts: readonly string[] = [], rights: ShareEntry['rights']): readonly ShareEntry[] {
  return accounts.map((account) => ({ account, rights }));
}
