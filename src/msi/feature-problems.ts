import { featuresOf, type MsiFeature, type MsiModel } from './model.ts';
import { folded, identifier } from './names.ts';

/** What is wrong with the tree of features, and who names a feature that there is not. */
export function featureProblems(model: MsiModel): string[] {
  const features = featuresOf(model);
  const known = new Set(features.map(({ id }) => id));
  const users = [
    ...model.files.map(({ target, feature }) => [`file ${target}`, feature] as const),
    ...model.directories.map(({ id, feature }) => [`directory ${id}`, feature] as const),
    ...(model.registry ?? []).map(({ key, feature }) => [`registry value ${key}`, feature] as const),
    ...(model.environment ?? []).map(
      ({ name, feature }) => [`environment variable ${name}`, feature] as const,
    ),
    ...(model.iniFiles ?? []).map(({ file, feature }) => [`INI file ${file}`, feature] as const),
    ...(model.shortcuts ?? []).map(({ name, feature }) => [`shortcut ${name}`, feature] as const),
    ...(model.removals ?? []).map(({ directory, feature }) => [`removal in ${directory}`, feature] as const),
  ];
  return [
    ...features.flatMap((feature, i) => ownProblems(feature, features, i)),
    ...users.flatMap(([what, feature]) =>
      feature === undefined || known.has(feature) ? [] : [`${what}: there is no feature ${feature}`],
    ),
  ];
}

function ownProblems(feature: MsiFeature, features: readonly MsiFeature[], index: number): string[] {
  const { id, title, parent, level = 1, conditions = [] } = feature;
  const problems: string[] = [];
  const before = features.slice(0, index);
  if (!identifier.test(id) || id.length > 38)
    problems.push(`feature id ${JSON.stringify(id)} must be letters, digits, _ and . (38 at most)`);
  if (before.some((other) => folded(other.id) === folded(id))) problems.push(`feature ${id} is given twice`);
  if (title === '' || title.length > 64)
    problems.push(`feature ${id}: its title must have 1 to 64 characters`);
  // A parent stands in front of its parts, so there can be no circles.
  if (parent !== undefined && !before.some((other) => other.id === parent))
    problems.push(`feature ${id}: its parent ${parent} must be a feature in front of it`);
  const levels = [level, ...conditions.map((condition) => condition.level)];
  if (levels.some((value) => !Number.isInteger(value) || value < 0 || value > 0x7fff))
    problems.push(`feature ${id}: levels must be whole numbers from 0 to 32767`);
  if (new Set(conditions.map((condition) => condition.level)).size < conditions.length)
    problems.push(`feature ${id}: two of its conditions have one level; join them with OR`);
  // What the package remembers belongs to the first one.
  if (index === 0 && (level !== 1 || conditions.length > 0))
    problems.push(`feature ${id} is the first, so it must have level 1 and no conditions`);
  return problems;
}
