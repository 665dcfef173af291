import type { Resource } from '../model/resource.ts';

export interface FolderQuota {
  /** Folder on the node. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

interface FoundQuota {
  readonly Path?: unknown;
  readonly Size?: unknown;
  readonly SoftLimit?: unknown;
}

/** A limit of the File Server Resource Manager for all that is in a folder; what is beyond it is refused as a full disk is. */
export const folderQuota: Resource<FolderQuota> = {
  kind: 'folder-quota',
  desired: ({ size }) => ({ exists: true, size, soft: false }),
  // All are asked for: one that is not there would be an error in the language of Windows.
  observe: () => [invoke('Get-FsrmQuota', {}, ['Path', 'Size', 'SoftLimit'])],
  read({ path }, [rows]) {
    const found = (rows as readonly FoundQuota[]).find(
      (row) => String(row.Path).toLowerCase() === path.toLowerCase(),
    );
    return found
      ? { exists: true, size: Number(found.Size), soft: found.SoftLimit === true }
      : { exists: false };
  },
  change({ path, size }, { exists }) {
    const call =
      exists === true
        ? invoke('Set-FsrmQuota', { Path: [path], Size: size, SoftLimit: false }, [])
        : invoke('New-FsrmQuota', { Path: path, Size: size, Description: 'oriel' }, []);
    return [{ do: 'call', description: `limits ${path}`, call }];
  },
};

function invoke(name: string, parameters: object, select: readonly string[]) {
  return { call: 'Invoke-Cmdlet', name, parameters, select };
}
