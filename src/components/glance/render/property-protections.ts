import type { Problem } from '../../../errors.ts';

const operations = ['create', 'read', 'update', 'delete'];

interface ProtectionSection {
  readonly name: string;
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * What is wrong with a property-protection file: Glance refuses to start, or answers 500, where a section lacks one of the
 * four operations, or names more than one policy (glance/common/property_utils.py).
 */
export function protectionProblems(
  text: string,
  file: string,
  format: 'roles' | 'policies',
): readonly Problem[] {
  const { sections, stray } = sectionsOf(text);
  const at = (line: number) => ({ position: { file, line, column: 1 } });
  return [
    ...stray.map((line) => ({
      message: 'this line is neither a [section] nor `operation = value`',
      ...at(line),
    })),
    ...(sections.length === 0 ? [{ message: `${file} protects nothing: it has no [section]` }] : []),
    ...sections
      .filter(({ name }, index) => sections.findIndex((section) => section.name === name) < index)
      .map(({ name, line }) => ({ message: `[${name}] is there twice`, ...at(line) })),
    ...sections.flatMap((section) =>
      sectionProblems(section, format).map((message) => ({ message, ...at(section.line) })),
    ),
  ];
}

function sectionProblems(
  { name, values }: ProtectionSection,
  format: 'roles' | 'policies',
): readonly string[] {
  const missing = operations.filter((operation) => !values.has(operation));
  const foreign = [...values.keys()].filter((key) => !operations.includes(key));
  const many = format === 'policies' ? operations.filter((key) => (values.get(key) ?? '').includes(',')) : [];
  const contrary = operations.filter((key) => /@.*!|!.*@/.test(values.get(key) ?? ''));
  const interpolated = operations.filter((key) => (values.get(key) ?? '').includes('%'));
  return [
    ...missing.map((operation) => `[${name}] has no \`${operation}\``),
    ...foreign.map((key) => `[${name}] has \`${key}\`, which is none of ${operations.join(', ')}`),
    ...many.map((key) => `[${name}] ${key}: one policy, not a list`),
    ...contrary.map((key) => `[${name}] ${key}: @ (all) and ! (none) exclude each other`),
    ...interpolated.map((key) => `[${name}] ${key}: a % sign cannot be read`),
  ];
}

function sectionsOf(text: string): {
  readonly sections: readonly ProtectionSection[];
  readonly stray: readonly number[];
} {
  const sections: { name: string; line: number; values: Map<string, string> }[] = [];
  const stray: number[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    const [, key, value] = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    const current = sections.at(-1);
    if (name !== undefined) sections.push({ name, line: index + 1, values: new Map() });
    else if (current && key !== undefined) current.values.set(key.toLowerCase(), value ?? '');
    else stray.push(index + 1);
  }
  return { sections, stray };
}
