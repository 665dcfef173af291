import type { Row } from '../database/table.ts';
import type { PlannedFile } from '../layout/plan-files.ts';
import { withShortName } from '../layout/short-name.ts';
import type { MsiShortcut } from '../model/machine-model.ts';
import type { MsiModel } from '../model/model.ts';
import { folded, rowId, standardFolders } from '../model/names.ts';
import { actionsOf } from './service-actions.ts';

export interface Directories {
  readonly rows: readonly Row[];
  /** Id of the directory of a file, from `PlannedFile.directory`. */
  readonly idOf: (directory: string) => string;
  /** Id of a folder that was laid for something else than a file, from its folder property on. */
  readonly folder: (path: readonly string[]) => string;
  /** Short names that each directory, by id, has given to its subdirectories. */
  readonly taken: (id: string) => Set<string>;
}

/** The Directory table: TARGETDIR, the standard folders in use, INSTALLDIR and all below, and the model's own directories. */
export function layDirectories(model: MsiModel, files: readonly PlannedFile[]): Directories {
  const rows: Row[] = [['TARGETDIR', null, 'SourceDir']];
  const ids = new Map<string, string>();
  const takenNames = new Map<string, Set<string>>();
  const taken = (id: string) => {
    const names = takenNames.get(id) ?? new Set<string>();
    takenNames.set(id, names);
    return names;
  };
  const named = new Map(
    model.directories.map(({ id, root, path }) => [folded([root, ...path].join('/')), id]),
  );
  named.set(folded(['ProgramFiles64Folder', ...model.installDirectory].join('/')), 'INSTALLDIR');
  const add = (path: readonly string[]): string => {
    const key = folded(path.join('/'));
    const known = ids.get(key);
    if (known) return known;
    const [root = ''] = path;
    const id = path.length === 1 ? root : (named.get(key) ?? rowId('d', key));
    ids.set(key, id);
    if (path.length === 1) rows.push([id, 'TARGETDIR', '.']);
    else {
      const parent = add(path.slice(0, -1));
      rows.push([id, parent, withShortName(path.at(-1) ?? '', taken(parent))]);
    }
    return id;
  };
  const install = ['ProgramFiles64Folder', ...model.installDirectory];
  add(install);
  const seen = new Set<string>();
  for (const { target, directory } of files) {
    if (seen.has(directory)) continue;
    seen.add(directory);
    add([...install, ...target.split('/').slice(0, -1)]);
  }
  for (const { root, path } of model.directories) add([root, ...path]);
  for (const folder of foldersNamed(model)) add([folder]);
  for (const shortcut of model.shortcuts ?? []) add(folderOf(shortcut));
  const prefix = folded(install.join('/'));
  return {
    rows,
    taken,
    folder: (path) => ids.get(folded(path.join('/'))) ?? 'INSTALLDIR',
    idOf: (directory) => ids.get(directory ? `${prefix}/${directory}` : prefix) ?? 'INSTALLDIR',
  };
}

/** Standard folders that something refers to without being put there. */
function foldersNamed(model: MsiModel): string[] {
  const { iniFiles = [], removals = [], shortcuts = [] } = model;
  const named = [
    ...actionsOf(model).flatMap(({ call }) => ('directory' in call ? [call.directory] : [])),
    ...iniFiles.flatMap(({ directory }) => directory ?? []),
    ...removals.map(({ directory }) => directory),
    ...shortcuts.flatMap(({ workingDirectory }) => workingDirectory ?? []),
  ];
  return named.filter((id) => standardFolders.some((folder) => folder === id));
}

/** Folder of a shortcut, from its folder property on. */
export const folderOf = ({ root, path = [] }: MsiShortcut) => [root, ...path];
