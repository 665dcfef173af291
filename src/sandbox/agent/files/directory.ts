import { lstat, readdir, stat } from 'node:fs/promises';
import { accessOf } from '../../cmdlets/smb/folder-access.ts';
import { knownAccount } from '../accounts/known-account.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure, isAbsent } from '../failure/agent-failure.ts';
import { makeDirectory } from './make-directory.ts';
import { isProtected } from './protected.ts';

export const directoryFunctions = {
  'Get-DirectoryState': async ({ path }, { node }) => {
    try {
      const folder = node.backing.hostPath(path);
      const entries = await readdir(folder);
      const link = (await lstat(folder)).isSymbolicLink();
      return { exists: true, entries: entries.length, ...accessOf(node, path), ...(link && { link }) };
    } catch (error) {
      if (isAbsent(error)) return { exists: false };
      throw error;
    }
  },

  'Set-Directory': async ({ path }, { node }) => {
    await makeDirectory(node.backing.hostPath(path), path);
    return null;
  },

  'Set-DirectoryAccess': async ({ path, access }, { node }) => {
    if (isProtected(path))
      throw new AgentFailure('Refused', `the access of ${path} is never changed`, 'PermissionDenied');
    const folder = node.backing.hostPath(path);
    const found = await stat(folder).catch(() => undefined);
    if (!found?.isDirectory())
      throw new AgentFailure('PathNotFound', `there is no directory ${path}`, 'ObjectNotFound');
    if ((await lstat(folder)).isSymbolicLink())
      throw new AgentFailure('Refused', `${path} is a link to some other place`, 'PermissionDenied');
    const accounts = access.map(({ account, rights }) => ({
      account: knownAccount(account),
      // Windows adds the right to wait for it to all that is less than everything.
      rights: rights === 'FullControl' ? rights : `${rights}, Synchronize`,
    }));
    node.backing.setAccess(path, { inherits: false, accounts });
    return null;
  },
} satisfies Partial<AgentFunctions>;
