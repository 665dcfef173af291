import { lstat, stat } from 'node:fs/promises';
import { z } from 'zod';
import { knownAccount } from './accounts.ts';
import { AgentFailure } from './failure.ts';
import { agentFunction, windowsPath } from './function.ts';
import { isProtected } from './remove-path.ts';

const entry = z.strictObject({
  account: z.string(),
  rights: z.enum(['FullControl', 'Modify', 'ReadAndExecute']),
});
const parameters = z.strictObject({ path: windowsPath, access: z.array(entry).min(1) });

export const setDirectoryAccess = agentFunction(parameters, async ({ path, access }, { node }) => {
  if (isProtected(path))
    throw new AgentFailure('Refused', `the access of ${path} is never changed`, 'PermissionDenied');
  const folder = node.backing.hostPath(path);
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory())
    throw new AgentFailure('PathNotFound', `there is no directory ${path}`, 'ObjectNotFound');
  if ((await lstat(folder)).isSymbolicLink())
    throw new AgentFailure('Refused', `${path} is a link to some other place`, 'PermissionDenied');
  node.backing.setAccess(
    path,
    access.map(({ account, rights }) => ({
      account: knownAccount(account),
      // Windows adds the right to wait for it to all that is less than everything.
      rights: rights === 'FullControl' ? rights : `${rights}, Synchronize`,
    })),
  );
  return null;
});
