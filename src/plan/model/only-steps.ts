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

/**
 * The steps that patterns name, with everything they wait for: a service is no use without its package, and must not start
 * before the schema. A pattern is a kind, `kind/name` on any node, or `node/kind/name`; `*` stands for anything in one part (picomatch).
 * Throws InputError for a pattern that names nothing.
 */
export function onlySteps(declared: readonly Declaration[], patterns: readonly string[]): Selection {
  const tests = patterns.map(testOf);
  const asked = new Set(declared.filter((one) => tests.some((test) => test(one))).map(idOf));
  const problems = patterns.flatMap((pattern, index) =>
    declared.some((one) => tests[index]?.(one)) ? [] : [refusal(pattern, declared)],
  );
  if (problems.length > 0) throw new InputError(problems);
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

function testOf(pattern: string): (one: Declaration) => boolean {
  const depth = pattern.split('/').length;
  const fits = picomatch(pattern, { nocase: true, dot: true });
  return ({ node, resource: { kind }, name }) =>
    fits(depth === 1 ? kind : depth === 2 ? `${kind}/${name}` : `${node}/${kind}/${name}`);
}

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

function refusal(pattern: string, declared: readonly Declaration[]): Problem {
  const kinds = [...new Set(declared.map(({ resource }) => resource.kind))];
  const some = declared.map(idOf);
  const nearest = nearestName(pattern, [
    ...kinds,
    ...some,
    ...some.map((id) => id.slice(id.indexOf('/') + 1)),
  ]);
  const hint = nearest
    ? `did you mean \`${nearest}\`?`
    : `kinds are ${kinds.join(', ')}; oriel plan lists all steps`;
  return { message: `--only: no step is called \`${pattern}\``, hint };
}
