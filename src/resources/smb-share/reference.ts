import type { Reference } from '../model/reference.ts';
import type { SmbShare } from './resource.ts';

const name = 'images';
const scope = 'SOFS1';

export const smbShareReference: Reference<SmbShare> = {
  about:
    'A folder that other computers reach over SMB, and who has access by it. Name and scope are its identity. Clients keep no copies of its files (`CachingMode None`). oriel deletes and recreates a share that leads to another folder. With `absent` the folder stays.',
  spec: {
    ensure: '`present` or `absent`',
    name: 'name of the share',
    scope: 'network name of the clustered file server; without it the share is of the node alone',
    path: 'folder on the node; it has to be there',
    continuouslyAvailable:
      'whether open files survive a failover; Windows takes it for clustered shares alone',
    encrypt: 'whether clients have to encrypt',
    access: 'list of `account` and `rights` (`Full`, `Change` or `Read`): exactly these have access',
  },
  observed: {
    exists: 'whether there is such a share',
    path: 'the folder behind it',
    continuouslyAvailable: 'whether open files survive a failover',
    encrypt: 'whether clients have to encrypt',
    caching: 'caching of files by clients; desired: `None`',
    access: 'list of account and rights, `denied` where it is so',
  },
  examples: [
    {
      ensure: 'present',
      name,
      scope,
      path: 'C:\\ClusterStorage\\Volume1\\images',
      continuouslyAvailable: true,
      encrypt: true,
      access: [{ account: 'EXAMPLE\\clock$', rights: 'Full' }],
    },
    { ensure: 'absent', name, scope },
  ],
};
