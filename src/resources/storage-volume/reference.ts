import type { Reference } from '../model/reference.ts';
import type { StorageVolume } from './resource.ts';

export const storageVolumeReference: Reference<StorageVolume> = {
  about:
    'A volume of Storage Spaces Direct, formatted with ReFS, which all nodes of the cluster see below `C:\\ClusterStorage`. oriel makes it where there is none of that name. It never resizes one, and never deletes one, `oriel remove` included.',
  spec: {
    name: 'name of the volume and of its folder below `C:\\ClusterStorage`',
    size: 'bytes; a volume that is there has to have them',
    resiliency: '`Mirror` or `Parity`',
    tier: 'name of a tier of the pool that holds all of it; without it the pool decides',
  },
  observed: {
    exists: 'whether there is a virtual disk of that name',
    size: 'bytes, as asked for where it has as many',
    resiliency: 'where no tier says it',
  },
  examples: [
    { name: 'Volume1', size: 2_199_023_255_552, resiliency: 'Mirror' },
    { name: 'Archive', size: 4_398_046_511_104, resiliency: 'Parity', tier: 'Capacity' },
  ],
};
