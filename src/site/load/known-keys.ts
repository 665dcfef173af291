import { type JsonSchema, schemasAt } from '../yaml/json-schema.ts';
import { nearestName } from '../yaml/nearest.ts';
import type { KeyPath } from '../yaml/rule.ts';

/** What to say of a key that the grammar does not have at `parent`: the near name, where it belongs, or what there is. */
export function adviceFor(grammar: JsonSchema, parent: KeyPath, key: string): string | undefined {
  const known = keysAt(grammar, parent);
  const near = nearestName(key, known);
  if (near) return `did you mean \`${near}\`?`;
  const homes = homesOf(grammar, key);
  if (homes.length > 0) return `\`${key}\` belongs to ${homes.join(' or ')}`;
  return known.length > 0 ? `known here: ${known.join(', ')}` : undefined;
}

/** The keys that the grammar has at a path, in its order. */
function keysAt(grammar: JsonSchema, path: KeyPath): readonly string[] {
  return schemasAt(grammar, path).flatMap(({ properties = {} }) => Object.keys(properties));
}

/** Every map of the grammar that has `key`, `*` for a name the user gives. */
function homesOf(grammar: JsonSchema, key: string): readonly string[] {
  const homes: string[] = [];
  const visit = (schema: JsonSchema, path: string) => {
    if (schema.properties?.[key]) homes.push(path || 'the top of the file');
    for (const [name, child] of Object.entries(schema.properties ?? {}))
      visit(child, path ? `${path}.${name}` : name);
    if (typeof schema.additionalProperties === 'object') visit(schema.additionalProperties, `${path}.*`);
  };
  visit(grammar, '');
  return homes;
}
