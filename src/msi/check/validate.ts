import { guidPattern } from '../model/guid.ts';
import type { MsiModel } from '../model/model.ts';
import { identifier } from '../model/names.ts';
import { type ModelProblem, problemsIn } from '../model/problem.ts';
import { orderProperties, ownProperties } from '../model/reserved-names.ts';
import { rememberedNames } from '../rows/remember-rows.ts';
import { actionProblems } from './action-problems.ts';
import { commandProblems } from './command-problems.ts';
import { directoryProblems } from './directory-problems.ts';
import { featureProblems } from './feature-problems.ts';
import { machineProblems } from './machine-problems.ts';
import { secretProblems } from './secret-problems.ts';
import { serviceProblems } from './service-problems.ts';
import { targetProblems } from './target-problems.ts';
import { textProblems } from './text-problems.ts';

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
    ...commandProblems(model),
    ...textProblems(model),
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
    else if (orderProperties.has(name))
      messages.push(`property ${name} tells Windows Installer what to do, so a package must not set it`);
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
