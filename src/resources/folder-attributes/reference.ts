import type { Reference } from '../model/reference.ts';
import type { FolderAttributes } from './resource.ts';

export const folderAttributesReference: Reference<FolderAttributes> = {
  about:
    'A folder behind a share is not compressed, and its cluster shared volume makes no 8.3 names: continuous availability needs both. Files that are there keep what they have. A volume with ReFS has no such names.',
  spec: { path: 'folder on the node; it has to be there' },
  observed: {
    compressed: 'whether NTFS compresses what is written to the folder',
    shortNames: 'whether the volume makes 8.3 names; of cluster shared volumes alone',
  },
  examples: [{ path: 'C:\\ClusterStorage\\Volume1\\images' }],
};
