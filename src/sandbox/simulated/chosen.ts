import { BuildError } from '../../errors.ts';

type ConditionCells = Readonly<Record<string, unknown>>;
type Properties = Readonly<Record<string, string>>;
/** Rows of a table by its name. */
type Rows = (table: string) => readonly ConditionCells[];

/** Ids of the components that an installation brings: those of the chosen features whose own condition holds. */
export function chosenComponents(rows: Rows, properties: Properties): ReadonlySet<string> {
  const features = chosenFeatures(rows('Feature'), properties.ADDLOCAL?.split(','));
  const offered = new Set(
    rows('FeatureComponents')
      .filter(({ Feature_ }) => features.has(String(Feature_)))
      .map(({ Component_ }) => String(Component_)),
  );
  const held = rows('Component').filter(
    ({ Component, Condition }) =>
      offered.has(String(Component)) && (Condition === null || holds(String(Condition), properties)),
  );
  return new Set(held.map(({ Component }) => String(Component)));
}

/** ADDLOCAL names features, and those above them come along; without it the level decides. The first one is always there. */
function chosenFeatures(
  features: readonly ConditionCells[],
  named: readonly string[] | undefined,
): ReadonlySet<string> {
  const parents = new Map(features.map(({ Feature, Feature_Parent }) => [String(Feature), Feature_Parent]));
  const chosen = new Set(features.slice(0, 1).map(({ Feature }) => String(Feature)));
  for (const { Feature, Level } of features) {
    const selected = named ? named.includes(String(Feature)) || named.includes('ALL') : Level === 1;
    for (let id: unknown = Feature; selected && typeof id === 'string'; id = parents.get(id)) chosen.add(id);
  }
  return chosen;
}

/** Conditions of the form that our packages have for components: `PROPERTY <> value` and `PROPERTY = value`. */
function holds(condition: string, properties: Properties): boolean {
  const [, name = '', operator, value] = /^(\w+) *(<>|=) *"?(\w+)"?$/.exec(condition) ?? [];
  if (!operator) throw new BuildError(`a simulated node cannot tell whether \`${condition}\` holds`);
  return ((properties[name] ?? '') === value) === (operator === '=');
}
