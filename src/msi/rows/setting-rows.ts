import type { Row } from '../database/table.ts';
import { withShortName } from '../layout/short-name.ts';
import type { Installed, MsiEnvironment, MsiIniFile, MsiRemoval } from '../model/machine-model.ts';
import { featuresOf, type MsiModel } from '../model/model.ts';
import { rowId } from '../model/names.ts';
import { componentOf, groupInstalled, isPermanent, type MsiComponent } from './component.ts';

type Setting =
  | ({ readonly of: 'Environment' } & MsiEnvironment)
  | ({ readonly of: 'IniFile' } & MsiIniFile)
  | ({ readonly of: 'RemoveFile' } & MsiRemoval);

/** The sign in the name is enough for Windows; Wine removes it all the same when its component goes. */
const stays = (setting: Setting) => setting.of === 'Environment' && setting.permanent === true;

/** Rows of Environment, IniFile and RemoveFile, in a component per feature and condition. */
export function settingRows(model: MsiModel) {
  const { environment = [], iniFiles = [], removals = [] } = model;
  const [{ id: first }] = featuresOf(model);
  const settings: readonly Setting[] = [
    ...environment.map((setting) => ({ of: 'Environment' as const, ...setting })),
    ...iniFiles.map((setting) => ({ of: 'IniFile' as const, ...setting })),
    ...removals.map((setting) => ({ of: 'RemoveFile' as const, ...setting })),
  ];
  const rows: Record<Setting['of'], Row[]> = { Environment: [], IniFile: [], RemoveFile: [] };
  const components: MsiComponent[] = [];
  for (const [key, own] of groupInstalled(settings, first, stays)) {
    const { feature = first, condition } = own[0] ?? ({} as Installed);
    const attributes = own.some(stays) ? isPermanent : 0;
    const placed = { feature, directory: 'INSTALLDIR', attributes, condition };
    const component = componentOf(`settings:${key}`, placed);
    components.push(component);
    for (const setting of own) rows[setting.of].push(rowOf(setting, component.id));
  }
  return { components, rows };
}

function rowOf(setting: Setting, component: string): Row {
  if (setting.of === 'Environment') return environmentRow(setting, component);
  return setting.of === 'IniFile' ? iniFileRow(setting, component) : removalRow(setting, component);
}

/** Signs in front of the name and around the value. Source: Windows Installer SDK, "Environment Table". */
function environmentRow(setting: MsiEnvironment, component: string): Row {
  const { name, value, action = 'set', permanent, user } = setting;
  const signs = `${action === 'create' ? '+' : '='}${permanent ? '' : '-'}${user ? '' : '*'}`;
  const text = { set: value, create: value, append: `[~];${value}`, prepend: `${value};[~]` }[action];
  return [rowId('e', `${user}:${name}:${value}`), `${signs}${name}`, text, component];
}

const iniActions = { set: 0, create: 1, add: 3 } as const;

function iniFileRow(setting: MsiIniFile, component: string): Row {
  const { file, directory = 'INSTALLDIR', section, key, value, action = 'set' } = setting;
  const id = rowId('i', JSON.stringify([directory, file.toLowerCase(), section, key, value]));
  return [id, withShortName(file, new Set()), directory, section, key, value, iniActions[action], component];
}

const removeModes = { install: 1, uninstall: 2, both: 3 } as const;

function removalRow({ directory, file, on = 'uninstall' }: MsiRemoval, component: string): Row {
  // With a short form Windows would look for that as well, and names with * or ? have none.
  const name = file ?? null;
  return [rowId('x', `${directory}:${file ?? ''}:${on}`), component, name, directory, removeModes[on]];
}
