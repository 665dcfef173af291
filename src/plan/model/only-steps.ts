import picomatch from 'picomatch';
import { type Problem, SiteError } from '../../errors.ts';
import { type Declared, idOf } from '../../resources/model/resource.ts';
import { nearestName } from '../../site/yaml/nearest.ts';

export interface Chosen {
  /** What was asked for and what that waits for, in the order of the whole. */
  readonly declared: readonly Declared[];
  /** Ids that were not asked for and came along. */
  readonly along: readonly string[];
  /** Ids of what was left out though it is changed too when something chosen is: services that restart after a file. */
  readonly left: readonly string[];
}

/**
 * The steps that patterns name, with everything they wait for: a service is no use without its package, and must not start
 * before the schema. A pattern is a kind, `kind/name` on any node, or `node/kind/name`; `*` stands for anything in one part (picomatch).
 * Throws SiteError for a pattern that names nothing.
 */
export function onlySteps(declared: readonly Declared[], patterns: readonly string[]): Chosen {
  const tests = patterns.map(testOf);
  const asked = new Set(declared.filter((one) => tests.some((test) => test(one))).map(idOf));
  const problems = patterns.flatMap((pattern, index) =>
    declared.some((one) => tests[index]?.(one)) ? [] : [refusal(pattern, declared)],
  );
  if (problems.length > 0) throw new SiteError(problems);
  const wanted = withAllBefore(declared, asked);
  const chosen = declared.filter((one) => wanted.has(idOf(one)));
  return {
    declared: chosen.map((one) => within(one, wanted)),
    along: chosen.map(idOf).filter((id) => !asked.has(id)),
    left: declared
      .filter((one) => !wanted.has(idOf(one)) && one.restartsAfter?.some((id) => wanted.has(id)))
      .map(idOf),
  };
}

function testOf(pattern: string): (one: Declared) => boolean {
  const depth = pattern.split('/').length;
  const fits = picomatch(pattern, { nocase: true, dot: true });
  return ({ node, resource: { kind }, name }) =>
    fits(depth === 1 ? kind : depth === 2 ? `${kind}/${name}` : `${node}/${kind}/${name}`);
}

function withAllBefore(declared: readonly Declared[], asked: ReadonlySet<string>): ReadonlySet<string> {
  const wanted = new Set(asked);
  // Whatever is waited for is declared earlier, so one walk from the end finds all of it.
  for (const one of declared.toReversed())
    if (wanted.has(idOf(one))) for (const id of [...one.needs, ...(one.after ?? [])]) wanted.add(id);
  return wanted;
}

function within(one: Declared, wanted: ReadonlySet<string>): Declared {
  if (!one.restartsAfter) return one;
  return { ...one, restartsAfter: one.restartsAfter.filter((id) => wanted.has(id)) };
}

function refusal(pattern: string, declared: readonly Declared[]): Problem {
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
