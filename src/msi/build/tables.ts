import { tableOf } from '../database/database.ts';
import type { Row, Table } from '../database/table.ts';
import { uiRows } from '../dialogs/ui-rows.ts';
import type { Binaries } from '../layout/plan-binaries.ts';
import type { PlannedFile } from '../layout/plan-files.ts';
import { featuresOf, type MsiModel } from '../model/model.ts';
import { actionRows } from '../rows/action-rows.ts';
import { componentOf, componentRows, isPermanent, type MsiComponent } from '../rows/component.ts';
import { layDirectories } from '../rows/directory-rows.ts';
import { featureRows } from '../rows/feature-rows.ts';
import { fileRows } from '../rows/file-rows.ts';
import { permissionRows } from '../rows/permission-rows.ts';
import { propertyRows, upgradeRows } from '../rows/product-rows.ts';
import { registryRows, searchRows } from '../rows/registry-rows.ts';
import { rememberRows } from '../rows/remember-rows.ts';
import { sequenceRows } from '../rows/sequence-rows.ts';
import { serviceRows } from '../rows/service-rows.ts';
import { settingRows } from '../rows/setting-rows.ts';
import { shortcutRows } from '../rows/shortcut-rows.ts';

/** A written cabinet as the Media table sees it. */
export interface Medium {
  /** `#name` inside the package, a file name beside it. */
  readonly cabinet: string;
  /** Number of the last file in it; files count from 1 over all cabinets. */
  readonly lastSequence: number;
}

/** What a package is made from besides its model. */
export interface PackageParts extends Binaries {
  readonly files: readonly PlannedFile[];
  /** MD5 of every file, in their order. */
  readonly md5: readonly string[];
  readonly media: readonly Medium[];
  /** In braces. */
  readonly productCode: string;
}

/** All tables of a package but `_Validation`. */
export function tablesOf(model: MsiModel, parts: PackageParts): Table[] {
  const { files, media, binaries, icons, productCode } = parts;
  const directories = layDirectories(model, files);
  const filed = fileRows(model, files, parts.md5, directories);
  const remembered = rememberRows(model);
  const services = serviceRows(model, filed.owners);
  const { components: registryComponents, Registry } = registryRows(model);
  const settings = settingRows(model);
  const { components: shortcutComponents, ...shortcuts } = shortcutRows(model, files, directories);
  const { execute, ui, ...actions } = actionRows(model);
  const dialogs = uiRows(model, actions.ActionText);
  const components = [
    ...[...filed.components, remembered.component, ...ownDirectories(model), ...services.components],
    ...[...registryComponents, ...settings.components, ...shortcutComponents],
  ];
  const rows = joinRows(
    {
      Property: propertyRows(model, productCode),
      Directory: directories.rows,
      Media: media.map(({ cabinet, lastSequence }, i) => [i + 1, lastSequence, null, cabinet, null, null]),
      Binary: [...binaries],
      Icon: [...icons],
      Registry,
      MsiLockPermissionsEx: permissionRows(model),
      Error: (model.errors ?? []).map(({ number, message }) => [number, message]),
    },
    ...[componentRows(components, model.upgradeCode), featureRows(model), filed.rows, remembered.rows],
    ...[searchRows(model), services.rows, settings.rows, shortcuts, upgradeRows(model), actions],
    dialogs.rows,
  );
  const present = new Set(Object.keys(rows).filter((name) => (rows[name] ?? []).length > 0));
  const own = { ui: [...remembered.steps, ...ui, ...dialogs.ui], adminUi: dialogs.adminUi };
  return Object.entries({
    ...rows,
    ...sequenceRows(present, { execute: [...remembered.steps, ...execute], ...own }),
  }).map(([name, rows]) => tableOf(name, rows));
}

/** Rows by table; several parts may have some for one. */
function joinRows(...parts: readonly Readonly<Record<string, readonly Row[]>>[]): Record<string, Row[]> {
  const joined: Record<string, Row[]> = {};
  for (const part of parts)
    for (const [name, rows] of Object.entries(part)) joined[name] = [...(joined[name] ?? []), ...rows];
  return joined;
}

/** Directories of the model: a component each, with the directory as its key path; permanent when it holds data that outlives the product. */
function ownDirectories(model: MsiModel): MsiComponent[] {
  const [{ id: first }] = featuresOf(model);
  return model.directories.map(({ id, root, feature = first, condition, permanent = id !== 'INSTALLDIR' }) =>
    componentOf(`${permanent ? 'kept' : 'made'}:${id}`, {
      feature,
      directory: id,
      attributes: permanent ? isPermanent : 0,
      condition,
      // Windows Installer takes a 64-bit component to the folder of 64-bit programs.
      ...(/^(ProgramFiles|CommonFiles)Folder$/.test(root) && { bits: 32 }),
    }),
  );
}
