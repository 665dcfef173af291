import { siteJsonSchema } from '../grammar/json-schema.ts';
import type { SiteComponent } from '../grammar/site-component.ts';
import { httpUrlPattern, namePattern, windowsPathPattern } from '../values/text.ts';
import { durationPattern, percentPattern, sizePattern } from '../values/units.ts';
import type { JsonSchema } from '../yaml/json-schema.ts';

const head = `# The site file

One YAML file describes a whole deployment. \`oriel schema --markdown\` writes this page from the grammar. \`oriel init\` writes a first file,
and \`oriel validate FILE\` checks one. \`oriel schema > oriel.schema.json\` lets your editor check a file while you write it.

- Everything has a default except names, addresses and secrets. oriel refuses an unknown key, and a known key that it does not
  support yet; it ignores no key.
- \`{ secret: NAME }\` stands for a secret value: every password, and any value below \`options\` and \`extra\`. oriel asks the
  sources under \`secrets\` in their order. It reads nothing else from the environment.
- \`extends: base.yaml\` starts from another site file. Maps are merged by key; lists and other values are replaced.
- A path of the controller is relative to the file that names it; \`~\` is your home. Paths of nodes are absolute Windows paths. Write them
  without quotes, because YAML reads backslashes as escapes in double quotes.
- oriel refuses YAML anchors, aliases and tags.
`;

/** The reference of the site file in Markdown, made from the grammar; docs/reference/site-file.md is this text. */
export function siteReference(components: readonly SiteComponent[]): string {
  return referenceOf(head, siteJsonSchema(components));
}

/** A page: what stands at its head, then a table for every map of a grammar. */
export function referenceOf(head: string, schema: JsonSchema): string {
  return [head, ...sections(schema, '')].join('\n');
}

/** One section for a map, then those of the maps in it. A map of names only needs none of its own. */
function sections(schema: JsonSchema, path: string): readonly string[] {
  const keys = children(schema);
  const below = keys.flatMap(([key, child]) => sectionsBelow(child, path ? `${path}.${key}` : key));
  if (keys.length === 1 && keys[0]?.[0] === 'NAME') return below;
  const rows = keys.map(([key, child]) => row(key, child, schema.required?.includes(key) ?? false));
  const title = path ? `\`${path}\`` : 'The top of the file';
  const about = path && schema.description ? `${schema.description}.\n\n` : '';
  const table = ['| key | value | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return [`## ${title}\n\n${about}${table}\n`, ...below];
}

function sectionsBelow(schema: JsonSchema, path: string): readonly string[] {
  if (isSecret(schema)) return [];
  const inner = schema.type === 'array' ? schema.items : schema;
  return inner && children(inner).length > 0
    ? sections(inner, schema.type === 'array' ? `${path}[]` : path)
    : [];
}

/** The keys of a map; `NAME` where the user gives the names of further maps. */
export function children(schema: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  const named = schema.additionalProperties;
  const rest = typeof named === 'object' && children(named).length > 0 ? [['NAME', named] as const] : [];
  return [...Object.entries(schema.properties ?? {}), ...rest];
}

function row(key: string, schema: JsonSchema, required: boolean): string {
  const { value, fallback, meaning } = describedKey(schema);
  const standard = required && !fallback ? '**needed**' : fallback;
  return `| \`${key}\` | ${cell(value)} | ${cell(standard)} | ${cell(meaning)} |`;
}

/** What a key takes, what holds without it, and what it means, in Markdown. */
export function describedKey(schema: JsonSchema): { value: string; fallback: string; meaning: string } {
  const [, meaning = '', stated, remark = ''] =
    /^(.*?)(?:\. Default: (.*?))?( \([^()]*\))?$/.exec(schema.description ?? '') ?? [];
  return {
    value: kindOf(schema),
    fallback: stated ?? written(schema.default),
    meaning: `${meaning}${remark}`,
  };
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function written(value: unknown): string {
  if (value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0))
    return '';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function isSecret(schema: JsonSchema): boolean {
  return Object.keys(schema.properties ?? {}).join() === 'secret';
}

const plainTypes: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'map',
};

/** What a text has to look like, by the pattern that the grammar gives it. */
const texts: Readonly<Record<string, string>> = {
  [namePattern.source]: 'name',
  [durationPattern.source]: 'duration',
  [sizePattern.source]: 'size',
  [percentPattern.source]: 'percentage',
  [windowsPathPattern.source]: 'Windows path',
  [httpUrlPattern.source]: 'URL',
};

function kindOf(schema: JsonSchema): string {
  if (isSecret(schema)) return '`{ secret: NAME }`';
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(' or ');
  if (schema.type === 'array') return `list of ${kindOf(schema.items ?? {})}`;
  return texts[schema.pattern ?? ''] ?? plainTypes[schema.type ?? ''] ?? 'any';
}
