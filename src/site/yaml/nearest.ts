import { distance } from 'fastest-levenshtein';

/**
 * The known name that `name` was most likely meant to be, or undefined where none is near: capitals, `-` and `_` do not
 * count, and beyond them one change in three letters, at most three, may be wrong. Equal distances go to the first by name.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const target = bare(name);
  const allowed = Math.min(3, Math.max(1, Math.floor(target.length / 3)));
  let best: string | undefined;
  let least = allowed + 1;
  for (const candidate of [...known].sort()) {
    const changes = distance(target, bare(candidate));
    if (changes < least) {
      best = candidate;
      least = changes;
    }
  }
  return best;
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}
