import type { Row } from '../database/table.ts';
import { fileKey } from '../layout/plan-files.ts';
import type { MsiModel } from '../model/model.ts';
import { rowId } from '../model/names.ts';
import { registryKey } from './registry-rows.ts';
import { serviceKey } from './service-rows.ts';

/** Rows of MsiLockPermissionsEx: who may do what with a thing, as SDDL. */
export function permissionRows(model: MsiModel): readonly Row[] {
  const { directories, files, services, registry = [] } = model;
  const named = [
    ...directories.map(({ id, permissions }) => ['CreateFolder', id, permissions] as const),
    ...files
      .filter(({ permissions }) => permissions !== undefined)
      .map(({ target, permissions }) => ['File', fileKey(target), permissions] as const),
    ...registry.map((value) => ['Registry', registryKey(value), value.permissions] as const),
    ...services.map(({ name, permissions }) => ['ServiceInstall', serviceKey(name), permissions] as const),
  ];
  return named.flatMap(([table, key, permissions]): Row[] =>
    permissions === undefined ? [] : [[rowId('p', `${table}:${key}`), key, table, permissions, null]],
  );
}
