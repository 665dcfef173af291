import type { Row } from '../database/table.ts';
import type { PlannedFile } from '../layout/plan-files.ts';
import { withShortName } from '../layout/short-name.ts';
import type { MsiShortcut } from '../model/machine-model.ts';
import { featuresOf, type MsiModel } from '../model/model.ts';
import { literal, rowId } from '../model/names.ts';
import { componentOf, hasRegistryKeyPath, type MsiComponent } from './component.ts';
import type { Directories } from './directory-rows.ts';
import { folderOf } from './directory-rows.ts';
import { registryRoots } from './registry-rows.ts';

const showCommands = { normal: 1, maximized: 3, minimized: 7 } as const;
const onUninstall = 2;

/**
 * Rows of Shortcut. Each has a component with a value of the user as key path, as Windows demands of things in a profile, and rows
 * that remove its folders when they are empty.
 */
export function shortcutRows(model: MsiModel, files: readonly PlannedFile[], directories: Directories) {
  const { shortcuts = [], manufacturer, name: product } = model;
  const [{ id: first }] = featuresOf(model);
  const placed = new Map(files.map((file) => [file.target, file]));
  const built = shortcuts.map((shortcut) => {
    const folder = directories.folder(folderOf(shortcut));
    const place = [...folderOf(shortcut), shortcut.name].join('/');
    const { feature = first, condition } = shortcut;
    const value = rowId('r', `shortcut:${place}`);
    const attributes = hasRegistryKeyPath;
    const component = componentOf(`shortcut:${place}`, {
      ...{ feature, condition, attributes },
      directory: 'INSTALLDIR',
      keyPath: value,
    });
    return { shortcut, place, folder, value, component };
  });
  const key = `Software\\${manufacturer}\\${product}\\Shortcuts`;
  return {
    components: built.map(({ component }): MsiComponent => component),
    Registry: built.map(
      ({ value, place, component }): Row => [
        value,
        registryRoots.HKCU,
        key,
        literal(place),
        '#1',
        component.id,
      ],
    ),
    Shortcut: built.map(({ shortcut, place, folder, component }): Row => {
      const program = placed.get(shortcut.file);
      const target = `[${directories.idOf(program?.directory ?? '')}]${literal(program?.name ?? '')}`;
      const name = withShortName(shortcut.name, directories.taken(folder));
      return [rowId('s', place), folder, name, component.id, target, ...shortcutRow(shortcut)];
    }),
    RemoveFile: built.flatMap(({ shortcut, place, component }) =>
      (shortcut.path ?? []).map((_, i): Row => {
        const folder = directories.folder(folderOf(shortcut).slice(0, i + 2));
        return [rowId('x', `shortcut:${place}:${i}`), component.id, null, folder, onUninstall];
      }),
    ),
  };
}

/** The columns from Arguments on. */
function shortcutRow(shortcut: MsiShortcut): Row {
  const { arguments: words, description, icon, iconIndex, show, workingDirectory } = shortcut;
  return [
    ...[words ?? null, description ?? null, null, icon ?? null, iconIndex ?? (icon ? 0 : null)],
    ...[show ? showCommands[show] : null, workingDirectory ?? null],
  ];
}
