import { tableOf } from './database.ts';
import { layDirectories } from './directory-rows.ts';
import { fileRows, is64Bit, isPermanent } from './file-rows.ts';
import { guidOf } from './guid.ts';
import type { MsiModel } from './model.ts';
import { rowId } from './names.ts';
import type { PlannedFile } from './plan-files.ts';
import { propertyRows, rememberRows, upgradeRows } from './product-rows.ts';
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

/** The one feature of the package. */
const feature = 'Main';
const disallowAdvertise = 8;
const disallowAbsent = 16;

/** All tables of a package but `_Validation`. `md5` goes with `files`. */
export function tablesOf(
  model: MsiModel,
  files: readonly PlannedFile[],
  md5: readonly string[],
  media: readonly Medium[],
  productCode: string,
): Table[] {
  const directories = layDirectories(model, files);
  const { componentOf, Component: fileComponents, ...filed } = fileRows(model, files, md5, directories);
  const { Component: registryComponents, ...remembered } = rememberRows(model);
  const kept = keptDirectoryRows(model);
  const components = [...fileComponents, ...registryComponents, ...kept.Component];
  const rows: Record<string, readonly Row[]> = {
    Property: propertyRows(model, productCode),
    Directory: directories.rows,
    Component: components,
    Feature: [[feature, null, model.name, null, 1, 1, 'INSTALLDIR', disallowAdvertise | disallowAbsent]],
    FeatureComponents: components.map(([component]) => [feature, component ?? null]),
    Media: media.map(({ cabinet, lastSequence }, i) => [i + 1, lastSequence, null, cabinet, null, null]),
    CreateFolder: kept.CreateFolder,
    ...filed,
    ...remembered,
    ...serviceRows(model, componentOf),
    ...upgradeRows(model),
  };
  const present = new Set(Object.keys(rows).filter((name) => (rows[name] ?? []).length > 0));
  return Object.entries({ ...rows, ...sequenceRows(present) }).map(([name, own]) => tableOf(name, own));
}

/** Directories with data that outlives the product: a permanent component each, with the directory as its key path. */
function keptDirectoryRows({ directories, upgradeCode }: MsiModel) {
  const id = (directory: string) => rowId('c', `kept:${directory}`);
  return {
    Component: directories.map((directory): Row => {
      const guid = guidOf(`component:${upgradeCode}:kept:${directory.id}`);
      return [id(directory.id), guid, directory.id, is64Bit | isPermanent, null, null];
    }),
    CreateFolder: directories.map((directory): Row => [directory.id, id(directory.id)]),
  };
}
