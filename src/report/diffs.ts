import { colouredDiff } from './coloured-diff.ts';
import { lines } from './visible.ts';

/** The differences of files, one below the other after a blank line; nothing where there are none. */
export function diffsText(steps: readonly { readonly diff?: string }[], colours = false): string {
  const show = colours ? colouredDiff : lines;
  return steps.flatMap(({ diff }) => (diff === undefined ? [] : [`\n\n${show(diff).trimEnd()}`])).join('');
}
