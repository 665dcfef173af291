import type { MsiRecovery, MsiRegistry, MsiSearch, MsiShortcut } from '../model/machine-model.ts';
import type { MsiModel } from '../model/model.ts';
import { folded, identifier, shortcutFolders, standardFolders, windowsNameProblem } from '../model/names.ts';
import { type ItemProblem, type ModelProblem, problemsIn } from '../model/problem.ts';

/** What is wrong with registry values, searches, variables, INI lines, shortcuts, removals, icons and error messages. */
export function machineProblems(model: MsiModel): ModelProblem[] {
  const { searches = [], icons = [], errors = [] } = model;
  return [
    ...problemsIn('registry', model.registry, registryProblems),
    ...problemsIn('searches', searches, (one, i) => searchProblems(one, searches.slice(0, i))),
    ...settingProblems(model),
    ...problemsIn('shortcuts', model.shortcuts, (one) => shortcutProblems(one, model)),
    ...problemsIn('icons', icons, ({ name }, i) => iconProblems(name, icons.slice(0, i))),
    ...productIconProblems(model),
    ...problemsIn('errors', errors, ({ number }, i) => errorProblems(number, errors.slice(0, i))),
    ...problemsIn('services', model.services, ({ name, recovery }) =>
      recovery
        ? recoveryProblems(recovery).map((message) => ['recovery', `service ${name}: ${message}`])
        : [],
    ),
  ];
}

function keyProblems(what: string, key: string): ItemProblem[] {
  return /^\\|\\$|\\\\/.test(key) || key === ''
    ? [['key', `${what}: its key must be as Software\\Example, without a \\ at an end`]]
    : [];
}

function registryProblems(value: MsiRegistry): ItemProblem[] {
  const what = `registry value ${value.root}\\${value.key}\\${value.name ?? ''}`;
  const problems = keyProblems(what, value.key);
  if (value.type === 'dword' && typeof value.value === 'number')
    if (!Number.isInteger(value.value) || value.value < -0x8000_0000 || value.value > 0xffff_ffff)
      problems.push(['value', `${what} must be a whole number of 32 bits`]);
  if (value.type === 'binary' && !/^([0-9A-Fa-f]{2})*$/.test(value.value))
    problems.push(['value', `${what} must be pairs of hexadecimal digits`]);
  if (value.type === 'multi' && (value.value.length === 0 || value.value.includes('')))
    problems.push(['value', `${what} must be a list of texts that are not empty`]);
  return problems;
}

function searchProblems(
  { property, key, type, file }: MsiSearch,
  before: readonly MsiSearch[],
): ItemProblem[] {
  const problems = keyProblems(`search for ${property}`, key);
  if (!identifier.test(property) || property !== property.toUpperCase())
    problems.push(['property', `search for ${property}: the property must be a name in upper case`]);
  if (before.some((other) => other.property === property))
    problems.push(['property', `${property} is searched for twice`]);
  if ((type === 'file') !== (file !== undefined))
    problems.push(['', `search for ${property}: \`file\` goes with type file, and with no other`]);
  return problems;
}

/** Directories that things may name. */
const isDirectory = ({ directories }: MsiModel, id: string) =>
  [...standardFolders, 'INSTALLDIR', ...directories.map((directory) => directory.id)].includes(id);

function settingProblems(model: MsiModel): ModelProblem[] {
  const { environment, iniFiles, removals } = model;
  return [
    ...problemsIn('environment', environment, ({ name }) =>
      /^[^=*+!;\s-][^=;]*$/.test(name)
        ? []
        : [['name', `environment variable ${JSON.stringify(name)} is not a valid name`]],
    ),
    ...problemsIn('iniFiles', iniFiles, ({ file, directory = 'INSTALLDIR' }) => {
      const problem = windowsNameProblem(file);
      const problems: ItemProblem[] = problem
        ? [['file', `INI file ${JSON.stringify(file)} ${problem}`]]
        : [];
      if (!isDirectory(model, directory))
        problems.push(['directory', `INI file ${file}: there is no directory ${directory}`]);
      return problems;
    }),
    ...problemsIn('removals', removals, ({ directory, file }) => {
      const problems: ItemProblem[] = [];
      // A property may hold the path, which nothing can check here.
      if (!identifier.test(directory))
        problems.push(['directory', `removal: there is no directory ${directory}`]);
      const problem = file === undefined ? undefined : windowsNameProblem(file.replace(/[*?]/g, 'x'));
      if (problem) problems.push(['file', `removal of ${JSON.stringify(file)}: it ${problem}`]);
      return problems;
    }),
  ];
}

function shortcutProblems(shortcut: MsiShortcut, model: MsiModel): ItemProblem[] {
  const { name, root, path = [], file, icon, workingDirectory } = shortcut;
  const problems: ItemProblem[] = [];
  for (const part of [name, ...path]) {
    const problem = windowsNameProblem(part);
    if (problem) problems.push(['name', `shortcut ${JSON.stringify(name)}: a part of it ${problem}`]);
  }
  if (!shortcutFolders.includes(root))
    problems.push(['root', `shortcut ${name}: root must be ${shortcutFolders.join(' or ')}`]);
  if (!model.files.some(({ target }) => target === file))
    problems.push(['file', `shortcut ${name}: its program ${file} is not among the files`]);
  if (icon !== undefined && !model.icons?.some((one) => one.name === icon))
    problems.push(['icon', `shortcut ${name}: there is no icon ${icon}`]);
  if (workingDirectory !== undefined && !isDirectory(model, workingDirectory))
    problems.push(['workingDirectory', `shortcut ${name}: there is no directory ${workingDirectory}`]);
  return problems;
}

function iconProblems(name: string, before: readonly { readonly name: string }[]): ItemProblem[] {
  const problems: ItemProblem[] = [];
  if (!/^[A-Za-z_][A-Za-z0-9_.]{0,51}\.(ico|exe)$/.test(name))
    problems.push([
      'name',
      `icon ${JSON.stringify(name)} must be a name that ends with .ico or .exe (56 characters at most)`,
    ]);
  if (before.some((other) => folded(other.name) === folded(name)))
    problems.push(['name', `icon ${name} is given twice`]);
  return problems;
}

function productIconProblems({ icons = [], productIcon }: MsiModel): ModelProblem[] {
  return productIcon === undefined || icons.some(({ name }) => name === productIcon)
    ? []
    : [{ path: ['productIcon'], message: `productIcon: there is no icon ${productIcon}` }];
}

function errorProblems(number: number, before: readonly { readonly number: number }[]): ItemProblem[] {
  const problems: ItemProblem[] = [];
  if (!Number.isInteger(number) || number < 25_000 || number > 30_000)
    problems.push(['number', `error ${number} must have a number from 25000 to 30000`]);
  if (before.some((other) => other.number === number))
    problems.push(['number', `error ${number} is given twice`]);
  return problems;
}

function recoveryProblems({ resetAfter, actions, command }: MsiRecovery): string[] {
  const problems: string[] = [];
  const times = [resetAfter, ...actions.map(({ delay }) => delay)];
  if (actions.length === 0 || actions.length > 3) problems.push('recovery takes 1 to 3 actions');
  if (times.some((time) => !Number.isInteger(time) || time < 0))
    problems.push('times of recovery must be whole numbers');
  if (actions.some(({ action }) => action === 'run') !== (command !== undefined))
    problems.push('`command` goes with the action run');
  return problems;
}
