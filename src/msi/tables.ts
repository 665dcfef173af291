import { actionRows } from './action-rows.ts';
import { type Component, componentRows, isPermanent } from './component.ts';
import { tableOf } from './database.ts';
import { layDirectories } from './directory-rows.ts';
import { featureRows } from './feature-rows.ts';
import { fileRows } from './file-rows.ts';
import { featuresOf, type MsiModel } from './model.ts';
import { rowId } from './names.ts';
import type { PlannedFile } from './plan-files.ts';
import { propertyRows, upgradeRows } from './product-rows.ts';
import { rememberRows } from './remember-rows.ts';
import { sequenceRows } from './sequence-rows.ts';
import { serviceRows } from './service-rows.ts';
import type { Row, Table } from './table.ts';

/** A written cabinet as the Media table sees it. */
export interface Medium {
  /** `#name` inside the package, a file name beside it. */
  readonly cabinet: string;
  /** Number of the last file in it; files count from 1 over all cabinets. */
  readonly lastSequence: number;
}

/** What a package is made from besides its model. */
export interface Parts {
  readonly files: readonly PlannedFile[];
  /** MD5 of every file, in their order. */
  readonly md5: readonly string[];
  readonly media: readonly Medium[];
  readonly binaries: ReadonlyMap<string, Uint8Array>;
  /** In braces. */
  readonly productCode: string;
}

/** Custom action type: set a property from formatted text. */
const setProperty = 51;

/** All tables of a package but `_Validation`. */
export function tablesOf(model: MsiModel, { files, md5, media, binaries, productCode }: Parts): Table[] {
  const directories = layDirectories(model, files);
  const filed = fileRows(model, files, md5, directories);
  const remembered = rememberRows(model);
  const services = serviceRows(model, filed.componentOf);
  const { CustomAction, execute, ui } = actionRows(model);
  const components = [
    ...filed.components,
    remembered.component,
    ...keptDirectories(model),
    ...services.components,
  ];
  const rows: Record<string, readonly Row[]> = {
    Property: propertyRows(model, productCode),
    Directory: directories.rows,
    ...componentRows(components, model.upgradeCode),
    ...featureRows(model),
    Media: media.map(({ cabinet, lastSequence }, i) => [i + 1, lastSequence, null, cabinet, null, null]),
    Binary: [...binaries],
    ...filed.rows,
    ...remembered.rows,
    ...services.rows,
    ...upgradeRows(model),
    CustomAction: [
      ...remembered.rows.CustomAction,
      ['SetInstallLocation', setProperty, 'ARPINSTALLLOCATION', '[INSTALLDIR]', null],
      ...CustomAction,
    ],
  };
  const present = new Set(Object.keys(rows).filter((name) => (rows[name] ?? []).length > 0));
  const own = { execute: [...remembered.steps, ...execute], ui: [...remembered.steps, ...ui] };
  return Object.entries({ ...rows, ...sequenceRows(present, own) }).map(([name, rows]) =>
    tableOf(name, rows),
  );
}

/** Directories with data that outlives the product: a permanent component each, with the directory as its key path. */
function keptDirectories(model: MsiModel): Component[] {
  const [{ id: first }] = featuresOf(model);
  return model.directories.map(({ id, feature = first, condition }) => {
    const key = `kept:${id}`;
    const component = { id: rowId('c', key), key, feature, directory: id, attributes: isPermanent };
    return condition === undefined ? component : { ...component, condition };
  });
}
