import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { knownAccount } from './accounts.ts';
import { AgentFailure } from './failure.ts';
import { agentFunction, windowsPath } from './function.ts';
import { isProtected } from './remove-item.ts';

const entry = z.strictObject({
  account: z.string(),
  rights: z.enum(['FullControl', 'Modify', 'ReadAndExecute']),
});
const parameters = z.strictObject({ path: windowsPath, access: z.array(entry).min(1) });

export const setDirectoryAccess = agentFunction(parameters, async ({ path, access }, { node }) => {
  if (isProtected(path))
    throw new AgentFailure('Refused', `the access of ${path} is never changed`, 'PermissionDenied');
  const found = await stat(node.backing.hostPath(path)).catch(() => undefined);
  if (!found?.isDirectory())
    throw new AgentFailure('PathNotFound', `there is no directory ${path}`, 'ObjectNotFound');
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
