import type { Directories } from './directory-rows.ts';
import { guidOf } from './guid.ts';
import type { MsiModel } from './model.ts';
import { folded, rowId } from './names.ts';
import type { PlannedFile } from './plan-files.ts';
import { withShortName } from './short-name.ts';
import type { Row } from './table.ts';

/** Component attributes. */
export const is64Bit = 256;
export const isPermanent = 16;
export const hasRegistryKeyPath = 4;
/** File attribute: failing to install it fails the package. */
const isVital = 512;

export interface FileRows {
  readonly Component: readonly Row[];
  readonly File: readonly Row[];
  readonly MsiFileHash: readonly Row[];
  /** Component that a file belongs to, by target. */
  readonly componentOf: ReadonlyMap<string, string>;
}

/**
 * Components, files and hashes. A component per directory, and one of its own for each program of a service, because the
 * service belongs to a component whose key path is that program. `md5` goes with `files`.
 */
export function fileRows(
  model: MsiModel,
  files: readonly PlannedFile[],
  md5: readonly string[],
  directories: Directories,
): FileRows {
  const programs = new Set(model.services.map(({ file }) => file));
  const members = new Map<string, PlannedFile[]>();
  const componentOf = new Map<string, string>();
  for (const file of files) {
    const key = programs.has(file.target) ? `file:${folded(file.target)}` : `directory:${file.directory}`;
    const own = members.get(key) ?? [];
    members.set(key, own);
    own.push(file);
    componentOf.set(file.target, rowId('c', key));
  }
  return {
    Component: [...members].map(([key, own]) => componentRow(model, key, own, directories)),
    File: files.map(({ key, target, name, directory, size, pe }, i) => [
      key,
      componentOf.get(target) ?? '',
      withShortName(name, directories.taken(directories.idOf(directory))),
      size,
      pe?.version ?? null,
      pe?.language ?? null,
      isVital,
      i + 1,
    ]),
    // Only for files without a version: Windows compares those by hash instead of by date.
    MsiFileHash: files.flatMap(({ key, pe }, i) => (pe ? [] : [[key, 0, ...hashParts(md5[i] ?? '')]])),
    componentOf,
  };
}

function componentRow(
  { upgradeCode }: MsiModel,
  key: string,
  files: readonly PlannedFile[],
  directories: Directories,
): Row {
  const [first] = files;
  // A versioned key path that is newer on disk would keep the whole component from being installed.
  const keyPath = files.find(({ pe }) => !pe) ?? first;
  const directory = directories.idOf(first?.directory ?? '');
  const guid = guidOf(`component:${upgradeCode}:${key}`);
  return [rowId('c', key), guid, directory, is64Bit, null, keyPath?.key ?? null];
}

function hashParts(md5: string): number[] {
  const bytes = Buffer.from(md5, 'hex');
  return [0, 4, 8, 12].map((at) => bytes.readInt32LE(at));
}
