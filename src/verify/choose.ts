import picomatch from 'picomatch';
import { InputError, type Problem } from '../errors.ts';
import { nearestName } from '../site/yaml/nearest.ts';
import { type Check, checkName } from './check.ts';
import { inOrder } from './order.ts';

/**
 * The checks that patterns name, with what they need and what cleans up after that. A pattern is an id, or one without its node
 * or without its component too; `*` stands for anything in one part, `**` for any parts (picomatch). Throws InputError for a
 * pattern that names nothing.
 */
export function onlyChecks(checks: readonly Check[], patterns: readonly string[]): readonly Check[] {
  const matched = patterns.map((pattern) => matching(checks, pattern));
  const problems = patterns
    .filter((_, index) => matched[index]?.length === 0)
    .map((name) => refusal(name, checks));
  if (problems.length > 0) throw new InputError(problems);
  const byId = new Map(checks.map((check) => [check.id, check]));
  const chosen = new Set<string>();
  const add = (id: string): void => {
    if (chosen.has(id)) return;
    chosen.add(id);
    for (const needed of byId.get(id)?.needs ?? []) add(needed);
  };
  for (const { id } of matched.flat()) add(id);
  for (const { id, needs, cleansUp } of checks)
    if (cleansUp && needs.some((needed) => chosen.has(needed))) add(id);
  return checks.filter(({ id }) => chosen.has(id));
}

/** The checks that only look: none that makes something, and none that needs one that does. */
export function onlyLooking(checks: readonly Check[]): readonly Check[] {
  const writing = new Set<string>();
  for (const { id, writes, needs } of inOrder(checks))
    if (writes || needs.some((needed) => writing.has(needed))) writing.add(id);
  return checks.filter(({ id }) => !writing.has(id));
}

/** The checks that one pattern names. */
export function matching(checks: readonly Check[], pattern: string): readonly Check[] {
  const fits = picomatch(pattern, { nocase: true, dot: true });
  return checks.filter((check) => namesOf(check).some((name) => fits(name)));
}

/** Of `n1/clock/answers` also `clock/answers` and `answers`; of `n1/storage/STO-21/images` also `STO-21`, whatever the share. */
function namesOf(check: Check): readonly string[] {
  return [check.id, ...shortNames(checkName(check))];
}

/** By which names a check without its node goes. */
export function shortNames(name: string): readonly string[] {
  const [, own = ''] = name.split('/');
  return [name, name.slice(name.indexOf('/') + 1), ...(/^STO-/.test(own) ? [own] : [])];
}

function refusal(pattern: string, checks: readonly Check[]): Problem {
  const nearest = nearestName(pattern, new Set(checks.flatMap(namesOf)));
  const hint = nearest ? `did you mean \`${nearest}\`?` : 'oriel verify --list shows all checks';
  return { message: `no check is called \`${pattern}\``, hint };
}
