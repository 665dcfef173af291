import type { MsiRegistry, MsiSearch, MsiShortcut } from './machine-model.ts';
import type { MsiModel } from './model.ts';
import { folded, identifier, shortcutFolders, standardFolders, windowsNameProblem } from './names.ts';

/** What is wrong with registry values, searches, variables, INI lines, shortcuts, removals, icons and error messages. */
export function machineProblems(model: MsiModel): string[] {
  return [
    ...(model.registry ?? []).flatMap(registryProblems),
    ...searchProblems(model.searches ?? []),
    ...settingProblems(model),
    ...(model.shortcuts ?? []).flatMap((shortcut) => shortcutProblems(shortcut, model)),
    ...iconProblems(model),
    ...errorProblems(model),
    ...serviceProblems(model),
  ];
}

function keyProblems(what: string, key: string): string[] {
  return /^\\|\\$|\\\\/.test(key) || key === ''
    ? [`${what}: its key must be as Software\\Example, without a \\ at an end`]
    : [];
}

function registryProblems(value: MsiRegistry): string[] {
  const what = `registry value ${value.root}\\${value.key}\\${value.name ?? ''}`;
  const problems = keyProblems(what, value.key);
  if (value.type === 'dword' && typeof value.value === 'number')
    if (!Number.isInteger(value.value) || value.value < -0x8000_0000 || value.value > 0xffff_ffff)
      problems.push(`${what} must be a whole number of 32 bits`);
  if (value.type === 'binary' && !/^([0-9A-Fa-f]{2})*$/.test(value.value))
    problems.push(`${what} must be pairs of hexadecimal digits`);
  if (value.type === 'multi' && (value.value.length === 0 || value.value.includes('')))
    problems.push(`${what} must be a list of texts that are not empty`);
  return problems;
}

function searchProblems(searches: readonly MsiSearch[]): string[] {
  const seen = new Set<string>();
  return searches.flatMap(({ property, key, type, file }) => {
    const problems = keyProblems(`search for ${property}`, key);
    if (!identifier.test(property) || property !== property.toUpperCase())
      problems.push(`search for ${property}: the property must be a name in upper case`);
    if (seen.has(property)) problems.push(`${property} is searched for twice`);
    seen.add(property);
    if ((type === 'file') !== (file !== undefined))
      problems.push(`search for ${property}: \`file\` goes with type file, and with no other`);
    return problems;
  });
}

/** Directories that things may name. */
const isDirectory = ({ directories }: MsiModel, id: string) =>
  [...standardFolders, 'INSTALLDIR', ...directories.map((directory) => directory.id)].includes(id);

function settingProblems(model: MsiModel): string[] {
  const { environment = [], iniFiles = [], removals = [] } = model;
  return [
    ...environment.flatMap(({ name }) =>
      /^[^=*+!;\s-][^=;]*$/.test(name) ? [] : [`environment variable ${JSON.stringify(name)} is no name`],
    ),
    ...iniFiles.flatMap(({ file, directory = 'INSTALLDIR' }) => {
      const problem = windowsNameProblem(file);
      return [
        ...(problem ? [`INI file ${JSON.stringify(file)} ${problem}`] : []),
        ...(isDirectory(model, directory) ? [] : [`INI file ${file}: there is no directory ${directory}`]),
      ];
    }),
    ...removals.flatMap(({ directory, file }) => {
      // A property may hold the path, which nothing can check here.
      const known = identifier.test(directory);
      const problem = file === undefined ? undefined : windowsNameProblem(file.replace(/[*?]/g, 'x'));
      return [
        ...(known ? [] : [`removal: there is no directory ${directory}`]),
        ...(problem ? [`removal of ${JSON.stringify(file)}: it ${problem}`] : []),
      ];
    }),
  ];
}

function shortcutProblems(shortcut: MsiShortcut, model: MsiModel): string[] {
  const { name, root, path = [], file, icon, workingDirectory } = shortcut;
  const names = [name, ...path].map(windowsNameProblem).filter((problem) => problem !== undefined);
  return [
    ...names.map(
      (problem) => `shortcut ${JSON.stringify([...path, name].join('/'))}: a part of it ${problem}`,
    ),
    ...(shortcutFolders.includes(root)
      ? []
      : [`shortcut ${name}: root must be ${shortcutFolders.join(' or ')}`]),
    ...(model.files.some(({ target }) => target === file)
      ? []
      : [`shortcut ${name}: its program ${file} is not among the files`]),
    ...(icon === undefined || model.icons?.some((one) => one.name === icon)
      ? []
      : [`shortcut ${name}: there is no icon ${icon}`]),
    ...(workingDirectory === undefined || isDirectory(model, workingDirectory)
      ? []
      : [`shortcut ${name}: there is no directory ${workingDirectory}`]),
  ];
}

function iconProblems({ icons = [], productIcon }: MsiModel): string[] {
  const names = icons.map(({ name }) => folded(name));
  return [
    ...icons.flatMap(({ name }, i) => [
      ...(/^[A-Za-z_][A-Za-z0-9_.]{0,51}\.(ico|exe)$/.test(name)
        ? []
        : [
            `icon ${JSON.stringify(name)} must be a name that ends with .ico or .exe (56 characters at most)`,
          ]),
      ...(names.indexOf(folded(name)) === i ? [] : [`icon ${name} is given twice`]),
    ]),
    ...(productIcon === undefined || icons.some(({ name }) => name === productIcon)
      ? []
      : [`productIcon: there is no icon ${productIcon}`]),
  ];
}

function errorProblems({ errors = [] }: MsiModel): string[] {
  const numbers = errors.map(({ number }) => number);
  return numbers.flatMap((number, i) => [
    ...(Number.isInteger(number) && number >= 25_000 && number <= 30_000
      ? []
      : [`error ${number} must have a number from 25000 to 30000`]),
    ...(numbers.indexOf(number) === i ? [] : [`error ${number} is given twice`]),
  ]);
}

function serviceProblems({ services }: MsiModel): string[] {
  return services.flatMap(({ name, recovery }) => {
    if (!recovery) return [];
    const { resetAfter, actions, command } = recovery;
    const numbers = [resetAfter, ...actions.map(({ delay }) => delay)];
    const runs = actions.some(({ action }) => action === 'run');
    return [
      ...(actions.length > 0 && actions.length <= 3
        ? []
        : [`service ${name}: recovery takes 1 to 3 actions`]),
      ...(numbers.every((number) => Number.isInteger(number) && number >= 0)
        ? []
        : [`service ${name}: times of recovery must be whole numbers`]),
      ...(runs === (command !== undefined) ? [] : [`service ${name}: \`command\` goes with the action run`]),
    ];
  });
}
