import { guidPattern } from '../model/guid.ts';
import type { MsiModel } from '../model/model.ts';
import { folded, identifier, standardFolders, windowsNameProblem } from '../model/names.ts';
import { type ItemProblem, type ModelProblem, problemsIn } from '../model/problem.ts';
import { rememberedNames } from '../rows/remember-rows.ts';
import { actionProblems } from './action-problems.ts';
import { featureProblems } from './feature-problems.ts';
import { machineProblems } from './machine-problems.ts';
import { secretProblems } from './secret-problems.ts';
import { targetProblems } from './target-problems.ts';

/** What the compiler sets itself and a model must not. */
const ownProperties = new Set([
  'ADDLOCAL',
  'AdminProperties',
  'ALLUSERS',
  'ARPCOMMENTS',
  'ARPINSTALLLOCATION',
  'INSTALLDIR',
  'Manufacturer',
  'MsiHiddenProperties',
  'NEWERVERSIONFOUND',
  'OLDERVERSIONFOUND',
  'ProductCode',
  'ProductLanguage',
  'ProductName',
  'ProductVersion',
  'REINSTALLMODE',
  'SecureCustomProperties',
  'UpgradeCode',
]);

/** All that is wrong with a model; nothing on disk is looked at. */
export function modelProblems(model: MsiModel): ModelProblem[] {
  return [
    ...identityProblems(model),
    ...featureProblems(model),
    ...targetProblems(model),
    ...directoryProblems(model),
    ...serviceProblems(model),
    ...propertyProblems(model),
    ...actionProblems(model),
    ...machineProblems(model),
    ...secretProblems(model),
  ];
}

function identityProblems({ name, manufacturer, version, upgradeCode, epoch }: MsiModel): ModelProblem[] {
  const problems: ModelProblem[] = [];
  const report = (key: keyof MsiModel, message: string) => problems.push({ path: [key], message });
  for (const [key, text] of [
    ['name', name],
    ['manufacturer', manufacturer],
  ] as const)
    if (text.trim() === '' || text.length > 63 || /[\\[\]{}]/.test(text))
      report(key, `${key} ${JSON.stringify(text)} must have 1 to 63 characters and none of \\ [ ] { }`);
  const parts = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);
  const [major = 256, minor = 256, build = 65_536] = parts ?? [];
  if (major > 255 || minor > 255 || build > 65_535)
    report('version', `version ${version} must be a.b.c with a and b up to 255 and c up to 65535`);
  if (!guidPattern.test(upgradeCode))
    report('upgradeCode', `upgradeCode ${upgradeCode} must be a {GUID} in upper case`);
  // The range of dates in a cabinet: 1980 to 2107.
  if (!Number.isInteger(epoch) || epoch < 315_532_800 || epoch >= 4_354_819_200)
    report('epoch', `epoch ${epoch} must be whole seconds between 1980 and 2107`);
  return problems;
}

function directoryProblems({ directories }: MsiModel): ModelProblem[] {
  const seen = new Set(['INSTALLDIR', 'TARGETDIR']);
  return problemsIn('directories', directories, ({ id, root, path }) => {
    const problems: ItemProblem[] = [];
    if (!identifier.test(id))
      problems.push(['id', `directory id ${id} must be letters, digits, _ and . (72 at most)`]);
    if (seen.has(id)) problems.push(['id', `directory id ${id} is used twice`]);
    seen.add(id);
    if (!standardFolders.some((folder) => folder === root))
      problems.push(['root', `directory ${id}: root ${root} must be one of ${standardFolders.join(', ')}`]);
    if (path.length === 0) problems.push(['path', `directory ${id}: path is empty`]);
    for (const part of path) {
      const problem = windowsNameProblem(part);
      if (problem) problems.push(['path', `directory ${id}: ${JSON.stringify(part)} ${problem}`]);
    }
    return problems;
  });
}

const serviceName = /^[^/\\[\]{}]{1,80}$/;

function serviceProblems({ services, files, properties }: MsiModel): ModelProblem[] {
  const targets = new Set(files.map(({ target }) => target));
  const hidden = new Set(properties.filter((property) => property.hidden).map(({ name }) => `[${name}]`));
  const seen = new Set<string>();
  const programs = new Map<string, string>();
  return problemsIn('services', services, ({ name, file, dependencies, password }) => {
    const problems: ItemProblem[] = [];
    if (!serviceName.test(name))
      problems.push(['name', `service name ${JSON.stringify(name)} is not allowed`]);
    if (seen.has(folded(name))) problems.push(['name', `service ${name} is given twice`]);
    seen.add(folded(name));
    if (!targets.has(file))
      problems.push(['file', `service ${name}: its program ${file} is not among the files`]);
    const other = programs.get(folded(file));
    if (other !== undefined)
      problems.push([
        'file',
        `services ${other} and ${name} share the program ${file}; give each a target of its own`,
      ]);
    programs.set(folded(file), name);
    for (const needed of dependencies)
      if (!serviceName.test(needed))
        problems.push(['dependencies', `service ${name}: dependency ${JSON.stringify(needed)}`]);
    if (password !== undefined && !hidden.has(password))
      problems.push([
        'password',
        `service ${name}: its password must be a hidden property in brackets, as [SERVICEPASSWORD]`,
      ]);
    return problems;
  });
}

function propertyProblems(model: MsiModel): ModelProblem[] {
  const seen = new Set<string>();
  const names = rememberedNames(model);
  const folders = new Set(model.directories.map(({ id }) => id));
  const problems = problemsIn('properties', model.properties, ({ name, secure, remember }) => {
    const messages: string[] = [];
    if (!identifier.test(name))
      messages.push(`property ${name} must be letters, digits, _ and . (72 at most)`);
    if (ownProperties.has(name) || /^REMEMBERED_/.test(name))
      messages.push(`property ${name} is set by the compiler`);
    if (seen.has(name)) messages.push(`property ${name} is given twice`);
    if (folders.has(name)) messages.push(`property ${name} is a directory as well`);
    seen.add(name);
    if ((secure || remember) && name !== name.toUpperCase())
      messages.push(
        `property ${name} is ${secure ? 'secure' : 'remembered'}, so its name must be in upper case`,
      );
    if (remember && name.length > 61)
      messages.push(`property ${name} is remembered, so its name must have at most 61 characters`);
    return messages.map((message) => ['name', message]);
  });
  // As many numbers as there are between AppSearch and LaunchConditions.
  if (names.length > 340)
    problems.push({
      path: ['properties'],
      message: `${names.length} properties are remembered, at most 340 can be`,
    });
  return problems;
}
