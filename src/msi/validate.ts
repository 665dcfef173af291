import { actionProblems } from './action-problems.ts';
import { featureProblems } from './feature-problems.ts';
import { guidPattern } from './guid.ts';
import { machineProblems } from './machine-problems.ts';
import type { MsiModel } from './model.ts';
import { folded, identifier, standardFolders, windowsNameProblem } from './names.ts';
import { rememberedNames } from './remember-rows.ts';
import { secretProblems } from './secret-problems.ts';

/** Windows Installer fails above 260 characters; 20 stay for what Windows adds on its own. */
const longestPath = 240;
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

/** All that is wrong with a model, in words; nothing on disk is looked at. */
export function modelProblems(model: MsiModel): string[] {
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

function identityProblems({ name, manufacturer, version, upgradeCode, epoch }: MsiModel): string[] {
  const problems: string[] = [];
  for (const [key, text] of [
    ['name', name],
    ['manufacturer', manufacturer],
  ] as const)
    if (text.trim() === '' || text.length > 63 || /[\\[\]{}]/.test(text))
      problems.push(`${key} ${JSON.stringify(text)} must have 1 to 63 characters and none of \\ [ ] { }`);
  const parts = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);
  const [major = 256, minor = 256, build = 65_536] = parts ?? [];
  if (major > 255 || minor > 255 || build > 65_535)
    problems.push(`version ${version} must be a.b.c with a and b up to 255 and c up to 65535`);
  if (!guidPattern.test(upgradeCode))
    problems.push(`upgradeCode ${upgradeCode} must be a {GUID} in upper case`);
  // The range of dates in a cabinet: 1980 to 2107.
  if (!Number.isInteger(epoch) || epoch < 315_532_800 || epoch >= 4_354_819_200)
    problems.push(`epoch ${epoch} must be whole seconds between 1980 and 2107`);
  return problems;
}

function targetProblems({ files, installDirectory }: MsiModel): string[] {
  const problems: string[] = [];
  if (files.length === 0) problems.push('there are no files to install');
  if (installDirectory.length === 0) problems.push('installDirectory must name at least one folder');
  for (const folder of installDirectory) {
    const problem = windowsNameProblem(folder);
    if (problem) problems.push(`installDirectory: ${JSON.stringify(folder)} ${problem}`);
  }
  const base = ['C:\\Program Files', ...installDirectory, ''].join('\\').length;
  const seen = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const { target } of files) {
    const parts = target.split('/');
    const problem = parts.map(windowsNameProblem).find(Boolean);
    if (problem) problems.push(`target ${JSON.stringify(target)}: a part of it ${problem}`);
    if (base + target.length > longestPath)
      problems.push(
        `target ${target} makes a path of ${base + target.length} characters, at most ${longestPath} are safe`,
      );
    const same = seen.get(folded(target));
    if (same !== undefined) problems.push(`targets ${same} and ${target} are one file on Windows`);
    seen.set(folded(target), target);
    for (let i = 1; i < parts.length; i++) folders.set(folded(parts.slice(0, i).join('/')), target);
  }
  for (const [path, target] of seen) {
    const inside = folders.get(path);
    if (inside !== undefined)
      problems.push(`target ${target} is a file, but ${inside} needs it as a directory`);
  }
  return problems;
}

function directoryProblems({ directories }: MsiModel): string[] {
  const seen = new Set<string>();
  return directories.flatMap(({ id, root, path }) => {
    const problems: string[] = [];
    if (!identifier.test(id))
      problems.push(`directory id ${id} must be letters, digits, _ and . (72 at most)`);
    if (seen.has(id) || id === 'INSTALLDIR' || id === 'TARGETDIR')
      problems.push(`directory id ${id} is used twice`);
    seen.add(id);
    if (!standardFolders.some((folder) => folder === root))
      problems.push(`directory ${id}: root ${root} must be one of ${standardFolders.join(', ')}`);
    if (path.length === 0) problems.push(`directory ${id}: path is empty`);
    for (const part of path) {
      const problem = windowsNameProblem(part);
      if (problem) problems.push(`directory ${id}: ${JSON.stringify(part)} ${problem}`);
    }
    return problems;
  });
}

function serviceProblems({ services, files, properties }: MsiModel): string[] {
  const targets = new Set(files.map(({ target }) => target));
  const hidden = new Set(properties.filter((property) => property.hidden).map(({ name }) => `[${name}]`));
  const seen = new Set<string>();
  const programs = new Map<string, string>();
  return services.flatMap(({ name, file, dependencies, password }) => {
    const problems: string[] = [];
    if (!/^[^/\\[\]{}]{1,80}$/.test(name))
      problems.push(`service name ${JSON.stringify(name)} is not allowed`);
    if (seen.has(folded(name))) problems.push(`service ${name} is given twice`);
    seen.add(folded(name));
    if (!targets.has(file)) problems.push(`service ${name}: its program ${file} is not among the files`);
    const other = programs.get(folded(file));
    if (other !== undefined)
      problems.push(`services ${other} and ${name} share the program ${file}; give each a target of its own`);
    programs.set(folded(file), name);
    for (const needed of dependencies)
      if (!/^[^/\\[\]{}]{1,80}$/.test(needed))
        problems.push(`service ${name}: dependency ${JSON.stringify(needed)}`);
    if (password !== undefined && !hidden.has(password))
      problems.push(
        `service ${name}: its password must be a hidden property in brackets, as [SERVICEPASSWORD]`,
      );
    return problems;
  });
}

function propertyProblems(model: MsiModel): string[] {
  const seen = new Set<string>();
  const names = rememberedNames(model);
  const folders = new Set(model.directories.map(({ id }) => id));
  const problems = model.properties.flatMap(({ name, secure, remember }) => {
    const problems: string[] = [];
    if (!identifier.test(name))
      problems.push(`property ${name} must be letters, digits, _ and . (72 at most)`);
    if (ownProperties.has(name) || /^REMEMBERED_/.test(name))
      problems.push(`property ${name} is set by the compiler`);
    if (seen.has(name)) problems.push(`property ${name} is given twice`);
    if (folders.has(name)) problems.push(`property ${name} is a directory as well`);
    seen.add(name);
    if ((secure || remember) && name !== name.toUpperCase())
      problems.push(
        `property ${name} is ${secure ? 'secure' : 'remembered'}, so its name must be in upper case`,
      );
    return problems;
  });
  for (const name of names)
    if (name.length > 61) problems.push(`${name} is remembered, so its name must have at most 61 characters`);
  // As many numbers as there are between AppSearch and LaunchConditions.
  if (names.length > 340) problems.push(`${names.length} properties are remembered, at most 340 can be`);
  return problems;
}
