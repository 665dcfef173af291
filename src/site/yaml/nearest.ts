import { distance } from 'fastest-levenshtein';

/**
 * The known name that `name` was most likely meant to be, or undefined where none is near: capitals, `-` and `_` do not
 * count, and beyond them one change in three letters, at most three, may be wrong. Equal distances go to the first by name.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  return nearestNames(name, known)[0];
}

/** All known names that are near, the nearest first. */
export function nearestNames(name: string, known: Iterable<string>): readonly string[] {
  const target = bare(name);
  const allowed = Math.min(3, Math.max(1, Math.floor(target.length / 3)));
  return [...new Set(known)]
    .sort()
    .map((candidate) => ({ candidate, changes: distance(target, bare(candidate)) }))
    .filter(({ changes }) => changes <= allowed)
    .sort((one, other) => one.changes - other.changes)
    .map(({ candidate }) => candidate);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}
