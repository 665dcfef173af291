import { siteJsonSchema } from '../grammar/json-schema.ts';
import type { SiteComponent } from '../grammar/site-component.ts';
import type { JsonSchema } from '../yaml/json-schema.ts';
import { children, describedKey } from './reference.ts';

/** One key of the site file. */
export interface DescribedKey {
  /** From the top, with NAME for a name that the user gives: `nodes.NAME.address`. */
  readonly path: string;
  readonly value: string;
  /** Absent where nothing holds without it. */
  readonly default?: string;
  readonly needed: boolean;
  readonly meaning: string;
}

/** Every key of the site file. */
export function siteKeys(components: readonly SiteComponent[]): readonly DescribedKey[] {
  return keysBelow(siteJsonSchema(components), '');
}

/**
 * The keys that somebody means by a path or its end: `components.clock.workers`, `workers`, `nodes.n1.address`. A whole path
 * comes first.
 */
export function keysNamed(keys: readonly DescribedKey[], name: string): readonly DescribedKey[] {
  const asked = name.toLowerCase().replaceAll('[]', '').split('.');
  const named = keys.filter(({ path }) => endsWith(partsOf(path), asked));
  const whole = ({ path }: DescribedKey): number => (partsOf(path).length === asked.length ? 0 : 1);
  return [...named].sort((one, other) => whole(one) - whole(other));
}

function partsOf(path: string): readonly string[] {
  return path.replaceAll('[]', '').split('.');
}

/** NAME stands for any name; as the last part only of a whole path, as any word would be one. */
function endsWith(parts: readonly string[], asked: readonly string[]): boolean {
  if (asked.length > parts.length) return false;
  const isWhole = asked.length === parts.length && asked.length > 1;
  const end = parts.slice(-asked.length);
  return end.every((part, index) =>
    part === 'NAME' ? isWhole || index < end.length - 1 : part.toLowerCase() === asked[index],
  );
}

function keysBelow(schema: JsonSchema, path: string): readonly DescribedKey[] {
  return children(schema).flatMap(([key, child]) => {
    const here = path ? `${path}.${key}` : key;
    const inner = child.type === 'array' ? child.items : child;
    const isSecret = Object.keys(child.properties ?? {}).join() === 'secret';
    const below = inner && !isSecret ? keysBelow(inner, child.type === 'array' ? `${here}[]` : here) : [];
    return [described(here, key, child, schema), ...below];
  });
}

function described(path: string, key: string, child: JsonSchema, parent: JsonSchema): DescribedKey {
  const { value, fallback, meaning } = describedKey(child);
  const plain = (text: string): string => text.replaceAll('`', '').replaceAll('**', '');
  return {
    path,
    value: plain(value),
    ...(fallback && { default: plain(fallback) }),
    needed: parent.required?.includes(key) ?? false,
    meaning,
  };
}
