import type { MsiEnvironment, MsiIniFile, MsiRegistry } from '../model/machine-model.ts';
import type { MsiModel } from '../model/model.ts';
import { folded } from '../model/names.ts';
import { type ItemProblem, type ModelProblem, problemsIn } from '../model/problem.ts';
import { sharedLists } from '../model/reserved-names.ts';

/** Values that their table takes for a command, and two that write one thing. */
export function commandProblems(model: MsiModel): ModelProblem[] {
  const { environment = [], iniFiles = [], shortcuts = [] } = model;
  return [
    ...problemsIn('registry', model.registry, registryCommands),
    ...problemsIn('environment', environment, (one, i) => environmentCommands(one, environment.slice(0, i))),
    ...problemsIn('iniFiles', iniFiles, (one, i) => iniCommands(one, iniFiles.slice(0, i))),
    ...problemsIn('shortcuts', shortcuts, ({ root, path = [], name }, i) => {
      const place = folded([root, ...path, name].join('/'));
      return shortcuts
        .slice(0, i)
        .some((one) => place === folded([one.root, ...(one.path ?? []), one.name].join('/')))
        ? [['name', `shortcut ${name} is in its folder already (Windows does not tell capitals apart)`]]
        : [];
    }),
    ...problemsIn('properties', model.properties, ({ name, value, remember }) =>
      remember && value.startsWith('#')
        ? [
            [
              'value',
              `property ${name} is remembered, so its value must not begin with #: it would come back as a number`,
            ],
          ]
        : [],
    ),
  ];
}

/** Source: Windows Installer SDK, "Registry Table". */
function registryCommands(value: MsiRegistry): ItemProblem[] {
  const { name = '', type, key } = value;
  const what = `registry value ${key}\\${name}`;
  if (type === 'key') return name === '' ? [] : [['name', `${what}: type key has no name`]];
  const problems: ItemProblem[] = [];
  if (['+', '-', '*'].includes(name) && type === 'string' && value.value === '')
    problems.push(['name', `${what}: without a value this name creates or removes the whole key`]);
  if ((type === 'string' || type === 'expandable') && value.value.includes('[~]'))
    problems.push(['value', `${what}: [~] makes a list of it; use type multi`]);
  if (type === 'multi' && value.value.some((text) => text.includes('[~]')))
    problems.push(['value', `${what}: a text of the list must not contain [~]`]);
  if (
    type === 'dword' &&
    typeof value.value === 'string' &&
    !/^(-?\d+|\[[^#$!~\\][^\]]*\])$/.test(value.value)
  )
    problems.push(['value', `${what}: text for dword must be a whole number, or one property in brackets`]);
  return problems;
}

/** Variables of Windows itself. */
const windows = new Set(
  'allusersprofile comspec os number_of_processors processor_architecture programdata programfiles systemdrive systemroot temp tmp windir'.split(
    ' ',
  ),
);

function environmentCommands(one: MsiEnvironment, before: readonly MsiEnvironment[]): ItemProblem[] {
  const { name, value, action = 'set' } = one;
  const what = `environment variable ${name}`;
  const problems: ItemProblem[] = [];
  const adds = action === 'append' || action === 'prepend';
  if (sharedLists.has(folded(name)) && !adds)
    problems.push([
      'action',
      `${what}: ${action} replaces the list of all programs, and the removal of the product deletes it; use append or prepend`,
    ]);
  if (windows.has(folded(name))) problems.push(['name', `${what} belongs to Windows`]);
  if (value === '') problems.push(['value', `${what}: without a value Windows Installer deletes it`]);
  if (value.includes('[~]'))
    problems.push(['value', `${what}: [~] stands for what is there already; use append or prepend`]);
  const same = before.filter((other) => folded(other.name) === folded(name) && other.user === one.user);
  const opposed = same.find((other) => !adds || !['append', 'prepend'].includes(other.action ?? 'set'));
  if (opposed && opposed.condition === one.condition)
    problems.push([
      'name',
      `${what} is given twice: ${opposed.action ?? 'set'} and ${action} do not go together`,
    ]);
  return problems;
}

function iniCommands(one: MsiIniFile, before: readonly MsiIniFile[]): ItemProblem[] {
  const { file, directory = 'INSTALLDIR', section, key, action = 'set' } = one;
  const problems: ItemProblem[] = [];
  const bare = (text: string) => text.replace(/\[[^\]]*\]/g, '');
  if (section === '' || bare(section).includes(']'))
    problems.push(['section', `INI file ${file}: ${JSON.stringify(section)} cannot be a section`]);
  if (key === '' || bare(key).includes('=') || key.startsWith(';'))
    problems.push(['key', `INI file ${file}: ${JSON.stringify(key)} cannot be a key`]);
  const lineOf = (line: MsiIniFile) =>
    folded(JSON.stringify([line.directory ?? 'INSTALLDIR', line.file, line.section, line.key]));
  const other = before.find(
    (line) => lineOf(line) === lineOf({ ...one, directory }) && line.condition === one.condition,
  );
  if (other && (action !== 'add' || other.action !== 'add'))
    problems.push(['key', `INI file ${file}: the key ${key} of section ${section} is written twice`]);
  return problems;
}
