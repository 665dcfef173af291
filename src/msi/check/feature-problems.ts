import { featuresOf, type MsiFeature, type MsiModel } from '../model/model.ts';
import { folded, identifier } from '../model/names.ts';
import { type ItemProblem, type ModelProblem, problemsIn } from '../model/problem.ts';

/** What is wrong with the tree of features, and who names a feature that there is not. */
export function featureProblems(model: MsiModel): ModelProblem[] {
  const features = featuresOf(model);
  const known = new Set(features.map(({ id }) => id));
  const named = ({ feature }: { readonly feature?: string }, what: string): ItemProblem[] =>
    feature === undefined || known.has(feature)
      ? []
      : [['feature', `${what}: there is no feature ${feature}`]];
  const { files, directories, registry, environment, iniFiles, shortcuts, removals } = model;
  return [
    ...problemsIn('features', features, (feature, i) => ownProblems(feature, features.slice(0, i))),
    ...problemsIn('files', files, (one) => named(one, `file ${one.target}`)),
    ...problemsIn('directories', directories, (one) => named(one, `directory ${one.id}`)),
    ...problemsIn('registry', registry, (one) => named(one, `registry value ${one.key}`)),
    ...problemsIn('environment', environment, (one) => named(one, `environment variable ${one.name}`)),
    ...problemsIn('iniFiles', iniFiles, (one) => named(one, `INI file ${one.file}`)),
    ...problemsIn('shortcuts', shortcuts, (one) => named(one, `shortcut ${one.name}`)),
    ...problemsIn('removals', removals, (one) => named(one, `removal in ${one.directory}`)),
  ];
}

function ownProblems(feature: MsiFeature, before: readonly MsiFeature[]): ItemProblem[] {
  const { id, title, parent, level = 1, conditions = [] } = feature;
  const problems: ItemProblem[] = [];
  if (!identifier.test(id) || id.length > 38)
    problems.push(['id', `feature id ${JSON.stringify(id)} must be letters, digits, _ and . (38 at most)`]);
  if (before.some((other) => folded(other.id) === folded(id)))
    problems.push(['id', `feature ${id} is given twice`]);
  if (title === '' || title.length > 64)
    problems.push(['title', `feature ${id}: its title must have 1 to 64 characters`]);
  // A parent stands in front of its parts, so there can be no circles.
  if (parent !== undefined && !before.some((other) => other.id === parent))
    problems.push(['parent', `feature ${id}: its parent ${parent} must be a feature in front of it`]);
  const levels = [level, ...conditions.map((condition) => condition.level)];
  if (levels.some((value) => !Number.isInteger(value) || value < 0 || value > 0x7fff))
    problems.push(['level', `feature ${id}: levels must be whole numbers from 0 to 32767`]);
  if (new Set(conditions.map((condition) => condition.level)).size < conditions.length)
    problems.push(['conditions', `feature ${id}: two of its conditions have one level; join them with OR`]);
  // What the package remembers belongs to the first one.
  if (before.length === 0 && (level !== 1 || conditions.length > 0))
    problems.push(['', `feature ${id} is the first, so it must have level 1 and no conditions`]);
  return problems;
}
