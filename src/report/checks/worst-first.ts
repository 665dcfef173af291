import type { Verdict } from '../../events/status.ts';

/** Verdicts in the order in which somebody wants to know them. */
export const worstFirst: readonly Verdict[] = ['fail', 'warn', 'skip', 'pass'];

/** Results in that order, else in their own. */
export function byWorst<Item extends { readonly verdict: Verdict }>(items: readonly Item[]): readonly Item[] {
  return worstFirst.flatMap((verdict) => items.filter((item) => item.verdict === verdict));
}

const judgements: readonly Verdict[] = ['fail', 'warn', 'pass', 'skip'];

/** The worst verdict of some results: of what was tried, and `skip` where nothing was; `pass` of none. */
export function worstOf(items: readonly { readonly verdict: Verdict }[]): Verdict {
  return judgements.find((verdict) => items.some((item) => item.verdict === verdict)) ?? 'pass';
}

/** Verdicts that occur, the worst first, with their number. */
export function countsOf(
  items: readonly { readonly verdict: Verdict }[],
): readonly (readonly [verdict: Verdict, count: number])[] {
  return worstFirst.flatMap((verdict) => {
    const count = items.filter((item) => item.verdict === verdict).length;
    return count > 0 ? [[verdict, count] as const] : [];
  });
}
