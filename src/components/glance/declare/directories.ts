import { protocolAccount } from '../../../resources/accounts/account.ts';
import { type AccessEntry, directory } from '../../../resources/directory/resource.ts';
import { type Declaration, declare } from '../../../resources/model/resource.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { component, windowsPaths } from '../facts/paths.ts';
import { settingsOf } from '../site/settings.ts';

/** Who else gets in where every local user may read and make files, as below C:\ProgramData: nobody. */
const administrators: readonly AccessEntry[] = [
  { account: 'NT AUTHORITY\\SYSTEM', rights: 'FullControl' },
  { account: 'BUILTIN\\Administrators', rights: 'FullControl' },
];

/**
 * What has to be closed before anything is put into it: configuration holds passwords, and who can write where a package waits
 * between its upload and msiexec, runs programs as the system. The directory above all others comes first, as its owner
 * could move away what is below.
 */
export function packageDirectories({ name: node }: NodeSettings): readonly Declaration[] {
  const { root, packages } = windowsPaths;
  return Object.entries({ oriel: root, packages }).map(([name, path]) =>
    declareDirectory(node, name, path, administrators),
  );
}

/** In the order in which they are made. */
export type ServiceDirectories = Readonly<Record<'config' | 'log' | 'lock' | 'staging', Declaration>>;

/** Where the service reads and writes. Staging elsewhere than below our own is only made: the site chose the place and who gets there. */
export function serviceDirectories(deployment: Deployment, { name: node }: NodeSettings): ServiceDirectories {
  const glance = settingsOf(deployment);
  const { config, logs, locks, root } = windowsPaths;
  const { account } = glance.service;
  const writing = accessWith(account, 'Modify');
  const ours = glance.staging.toLowerCase().startsWith(`${root}\\`.toLowerCase());
  return {
    config: declareDirectory(node, 'config', config, accessWith(account, 'ReadAndExecute')),
    log: declareDirectory(node, 'log', logs, writing),
    lock: declareDirectory(node, 'lock', locks, writing),
    staging: declareDirectory(node, 'staging', glance.staging, ours ? writing : undefined),
  };
}

/** LocalSystem is SYSTEM, which has all rights already. */
function accessWith(account: string, rights: AccessEntry['rights']): readonly AccessEntry[] {
  const name = protocolAccount(account);
  const isSystem = administrators.some((one) => one.account === name);
  return isSystem ? administrators : [...administrators, { account: name, rights }];
}

function declareDirectory(
  node: string,
  name: string,
  path: string,
  access: readonly AccessEntry[] | undefined,
): Declaration {
  const spec = { ensure: 'present', path, ...(access && { access }) } as const;
  return declare({ resource: directory, component, node, name, needs: [], spec });
}
