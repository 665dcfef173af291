import type { Problem } from '../errors.ts';
import type { Entry, Located } from '../site/yaml/located.ts';
import { nearestName } from '../site/yaml/nearest.ts';

type Variables = ReadonlyMap<string, string>;

/** Texts of the product file by name: those of `variables`, with what the command line gives in their place. */
export function variablesOf(
  root: Located,
  given: Readonly<Record<string, string>>,
): { readonly variables: Variables; readonly problems: readonly Problem[] } {
  const written = root.kind === 'map' ? root.entries.get('variables')?.value : undefined;
  const variables = new Map<string, string>();
  if (written?.kind === 'map')
    for (const [name, { value }] of written.entries)
      if (value.kind === 'scalar' && value.value !== null) variables.set(name, String(value.value));
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (variables.has(name)) variables.set(name, value);
    else problems.push({ message: `--set ${name}: ${unknown(name, variables)}` });
  }
  return { variables, problems };
}

/** The tree with every `${name}` replaced; `$$` stands for `$`. What `variables` itself says stays. */
export function fillIn(
  root: Located,
  variables: Variables,
): { readonly root: Located; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const fill = (node: Located): Located => {
    if (node.kind === 'list') return { ...node, items: node.items.map(fill) };
    if (node.kind === 'map') return { ...node, entries: new Map([...node.entries].map(fillEntry)) };
    return typeof node.value === 'string' ? { ...node, value: text(node.value, node) } : node;
  };
  const fillEntry = ([key, entry]: [string, Entry]): [string, Entry] => [
    key,
    { ...entry, value: fill(entry.value) },
  ];
  const text = (written: string, { at }: Located): string =>
    written.replace(/\$(\$|\{([^}]*)\})/g, (whole, sign: string, name: string | undefined) => {
      if (sign === '$') return '$';
      const value = variables.get(name ?? '');
      if (value === undefined) problems.push({ message: unknown(name ?? '', variables), position: at });
      return value ?? whole;
    });
  if (root.kind !== 'map') return { root, problems };
  const entries = [...root.entries].map((entry): [string, Entry] =>
    entry[0] === 'variables' ? entry : fillEntry(entry),
  );
  return { root: { ...root, entries: new Map(entries) }, problems };
}

function unknown(name: string, variables: Variables): string {
  const near = nearestName(name, variables.keys());
  const known = [...variables.keys()].join(', ') || 'none';
  return `there is no variable \`${name}\`; ${near ? `did you mean \`${near}\`?` : `under \`variables\` are: ${known}`}`;
}
