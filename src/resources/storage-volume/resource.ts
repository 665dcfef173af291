import type { Resource } from '../model/resource.ts';

/** A volume of Storage Spaces Direct, which every node of the cluster sees as `C:\ClusterStorage\NAME`. */
export interface StorageVolume {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly resiliency: 'Mirror' | 'Parity';
  /** Tier of the pool that holds all of it. */
  readonly tier?: string;
}

interface FoundDisk {
  readonly FriendlyName?: unknown;
  readonly Size?: unknown;
  readonly ResiliencySettingName?: unknown;
}

/** A pool rounds sizes to its own units. */
const roughly = 0.98;

/**
 * Made where there is none of that name, and nothing else: a volume that is there is neither resized nor deleted. `New-Volume` makes
 * the virtual disk, formats it with ReFS and gives it to the cluster.
 */
export const storageVolume: Resource<StorageVolume> = {
  kind: 'storage-volume',
  desired: ({ size, resiliency, tier }) => ({
    exists: true,
    size,
    // What a tier has is said by the tier.
    ...(tier === undefined && { resiliency }),
  }),
  // All are asked for: one that is not there would be an error in the language of Windows.
  observe: () => [invoke('Get-VirtualDisk', {}, ['FriendlyName', 'Size', 'ResiliencySettingName'])],
  read({ name, size, resiliency, tier }, [rows]) {
    const found = (rows as readonly FoundDisk[]).find((row) => same(row.FriendlyName, name));
    if (!found) return { exists: false };
    const real = Number(found.Size);
    if (!Number.isFinite(real)) return { unreadable: `the size of the volume ${name} is not known` };
    if (real < size * roughly)
      return {
        unreadable: `the volume ${name} has ${real} bytes, and ${size} are asked for`,
        remedy: 'a volume that is there is not resized: grow it, or write its size',
      };
    if (tier !== undefined) return { exists: true, size };
    if (!same(found.ResiliencySettingName, resiliency))
      return {
        unreadable: `the volume ${name} has the resiliency ${String(found.ResiliencySettingName)}`,
        remedy: 'that of a volume never changes: write it, or make another volume',
      };
    return { exists: true, size, resiliency };
  },
  change({ name, size, resiliency, tier }) {
    const common = { StoragePoolFriendlyName: 'S2D*', FriendlyName: name, FileSystem: 'CSVFS_ReFS' };
    const parameters =
      tier === undefined
        ? { ...common, Size: size, ResiliencySettingName: resiliency }
        : { ...common, StorageTierFriendlyNames: [tier], StorageTierSizes: [size] };
    return [
      { do: 'call', description: `creates the volume ${name}`, call: invoke('New-Volume', parameters, []) },
    ];
  },
};

function invoke(name: string, parameters: object, select: readonly string[]) {
  return { call: 'Invoke-Cmdlet', name, parameters, select };
}

function same(one: unknown, other: string): boolean {
  return String(one).toLowerCase() === other.toLowerCase();
}
