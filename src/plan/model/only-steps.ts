import picomatch from 'picomatch';
import { InputError, type Problem } from '../../errors.ts';
import { type Declaration, idOf } from '../../resources/model/resource.ts';
import { nearestName } from '../../site/yaml/nearest.ts';

export interface Selection {
  /** What was asked for and what that waits for, in the order of the whole. */
  readonly declared: readonly Declaration[];
  /** Ids that were not asked for and came along. */
  readonly along: readonly string[];
  /** Ids of what was left out though it is changed too when something chosen is: services that restart after a file. */
  readonly left: readonly string[];
}

/** What a scope asks for; a step has to fit both where both are there. */
export interface Choice {
  /** Patterns of steps, see `onlySteps`. */
  readonly only?: readonly string[] | undefined;
  /** Names of components. */
  readonly component?: readonly string[] | undefined;
}

type Test = (one: Declaration) => boolean;

/**
 * The steps that patterns or components name, with everything they wait for: a service is no use without its package, and must
 * not start before the schema. A pattern is a kind, `kind/name`, `component/kind/name` or a whole id; `*` stands for anything in one
 * part (picomatch). Three parts that name nothing as `component/kind/name` are the `node/kind/name` of version 1.
 * Throws InputError for a pattern or a component that names nothing.
 */
export function onlySteps(declared: readonly Declaration[], { only, component }: Choice): Selection {
  const tests = only?.map((pattern) => testOf(pattern, declared));
  const problems = [
    ...(only ?? []).filter((_, index) => !tests?.[index]).map((pattern) => noStep(pattern, declared)),
    ...unknownComponents(component ?? [], declared),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const isAsked: Test = (one) =>
    (!tests || tests.some((test) => test?.(one))) && (!component || component.includes(one.component));
  const asked = new Set(declared.filter(isAsked).map(idOf));
  const included = withAllBefore(declared, asked);
  const chosen = declared.filter((one) => included.has(idOf(one)));
  return {
    declared: chosen.map((one) => within(one, included)),
    along: chosen.map(idOf).filter((id) => !asked.has(id)),
    left: declared
      .filter((one) => !included.has(idOf(one)) && one.restartsAfter?.some((id) => included.has(id)))
      .map(idOf),
  };
}

/** Whether a step is meant; undefined where none is. */
function testOf(pattern: string, declared: readonly Declaration[]): Test | undefined {
  const fits = picomatch(pattern, { nocase: true, dot: true });
  const meanings = textsOf[pattern.split('/').length] ?? [];
  return meanings
    .map(
      (text): Test =>
        (one) =>
          fits(text(one)),
    )
    .find((test) => declared.some(test));
}

/** What a pattern of so many parts is compared with, the meaning that counts first before the other. */
const textsOf: Readonly<Record<number, readonly ((one: Declaration) => string)[]>> = {
  1: [({ resource }) => resource.kind],
  2: [({ resource, name }) => `${resource.kind}/${name}`],
  3: [
    ({ component, resource, name }) => `${component}/${resource.kind}/${name}`,
    ({ node, resource, name }) => `${node}/${resource.kind}/${name}`,
  ],
  4: [idOf],
};

function withAllBefore(declared: readonly Declaration[], asked: ReadonlySet<string>): ReadonlySet<string> {
  const included = new Set(asked);
  // Whatever is waited for is declared earlier, so one walk from the end finds all of it.
  for (const one of declared.toReversed())
    if (included.has(idOf(one))) for (const id of [...one.needs, ...(one.after ?? [])]) included.add(id);
  return included;
}

function within(one: Declaration, included: ReadonlySet<string>): Declaration {
  if (!one.restartsAfter) return one;
  return { ...one, restartsAfter: one.restartsAfter.filter((id) => included.has(id)) };
}

function noStep(pattern: string, declared: readonly Declaration[]): Problem {
  const kinds = [...new Set(declared.map(({ resource }) => resource.kind))];
  const names = declared.flatMap((one) =>
    [2, 3, 4].flatMap((parts) => textsOf[parts] ?? []).map((text) => text(one)),
  );
  const nearest = nearestName(pattern, [...kinds, ...new Set(names)]);
  const hint = nearest
    ? `did you mean \`${nearest}\`?`
    : `kinds are ${kinds.join(', ')}; oriel plan lists all steps`;
  return { message: `--only: no step is called \`${pattern}\``, hint };
}

function unknownComponents(names: readonly string[], declared: readonly Declaration[]): readonly Problem[] {
  const known = [...new Set(declared.map(({ component }) => component))];
  const hint = `components with steps here are ${known.join(', ')}`;
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({ message: `--component: no step is of a component \`${name}\``, hint }));
}
