import type { Reference } from '../model/reference.ts';
import type { FolderQuota } from './resource.ts';

export const folderQuotaReference: Reference<FolderQuota> = {
  about:
    'A quota of the File Server Resource Manager on a folder. It is not for scale-out file servers: Windows supports none there. `oriel remove` leaves it with its folder.',
  spec: { path: 'folder on the node; it has to be there', size: 'bytes that all files in it may have' },
  observed: {
    exists: 'whether the folder has a quota',
    size: 'its limit in bytes',
    soft: 'whether it only warns',
  },
  examples: [{ path: 'D:\\images', size: 2_199_023_255_552 }],
};
