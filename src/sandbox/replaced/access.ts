import { z } from 'zod';
import { type Cmdlet, cmdlet } from '../cmdlets/cmdlet/cmdlet.ts';
import { accessOf } from '../cmdlets/smb/folder-access.ts';

const entry = z.strictObject({
  account: z.string(),
  rights: z.string(),
  deny: z.literal(true).optional(),
  reach: z.string().optional(),
});

/** Owner and access of a file or directory of a node. */
export const accessQuestions: Readonly<Record<string, Cmdlet>> = {
  'Get-SandboxAccess': cmdlet(z.strictObject({ Path: z.string() }), ({ Path }, node) => [
    { ...accessOf(node, Path) },
  ]),

  'Set-SandboxAccess': cmdlet(
    z.strictObject({
      Path: z.string(),
      Owner: z.string().optional(),
      Inherits: z.boolean(),
      Accounts: z.array(entry),
    }),
    ({ Path, Owner, Inherits, Accounts }, { backing }) => {
      const accounts = Accounts.map(({ deny, reach, ...each }) => ({
        ...each,
        ...(deny && { deny }),
        ...(reach !== undefined && { reach }),
      }));
      const owner = Owner ?? backing.access(Path).owner;
      backing.setAccess(Path, { owner, inherits: Inherits, accounts });
      return [];
    },
  ),
};
