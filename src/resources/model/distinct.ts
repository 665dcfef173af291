import { InternalError } from '../../errors.ts';
import { type Declaration, idOf } from './resource.ts';

/**
 * Throws InternalError where two declarations have one id: the later one would take the place of the other in every map, and nobody
 * would see it. `placeOf` says which function or part of the program a declaration comes from, where that is known.
 */
export function assertDistinct(
  declared: readonly Declaration[],
  placeOf: (one: Declaration) => string | undefined = () => undefined,
): void {
  const seen = new Map<string, number>();
  for (const [index, one] of declared.entries()) {
    const id = idOf(one);
    const other = seen.get(id);
    if (other !== undefined) {
      const places = [other, index].map((at) => placed(declared[at] ?? one, at, placeOf));
      throw new InternalError(`two steps have the id ${id}: ${places.join(', and ')}`);
    }
    seen.set(id, index);
  }
}

/** `clock/directory/log at place 3 of all, by declareClock`. */
function placed(one: Declaration, at: number, placeOf: (one: Declaration) => string | undefined): string {
  const { component, resource, name } = one;
  const place = placeOf(one);
  return `${component}/${resource.kind}/${name} at place ${at + 1} of all${place ? `, by ${place}` : ''}`;
}

/** Declarations of several places as one list, in order. Throws InternalError where two of them have one id, and names both places. */
export function joined(parts: Readonly<Record<string, readonly Declaration[]>>): readonly Declaration[] {
  const places = new Map(
    Object.entries(parts).flatMap(([place, own]) => own.map((one) => [one, place] as const)),
  );
  const all = Object.values(parts).flat();
  assertDistinct(all, (one) => places.get(one));
  return all;
}
