import type { Problem } from '../../../errors.ts';
import { patternProblem } from './python-pattern.ts';

const operations = ['create', 'read', 'update', 'delete'];

interface ProtectionSection {
  readonly name: string;
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * What is wrong with a property-protection file as Glance reads it, with configparser and `re`: it answers 400 or 500 to every request where a
 * section is no pattern, lacks one of the four operations or names more than one policy (glance/common/property_utils.py).
 */
export function protectionProblems(
  text: string,
  file: string,
  format: 'roles' | 'policies',
): readonly Problem[] {
  const { sections, wrong } = sectionsOf(text);
  const at = (line: number) => ({ position: { file, line, column: 1 } });
  return [
    ...wrong.map(([line, message]) => ({ message, ...at(line) })),
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
  const pattern = patternProblem(name);
  const each = (words: (value: string) => string | undefined) =>
    operations.flatMap((operation) => {
      const problem = values.has(operation) ? words(values.get(operation) ?? '') : undefined;
      return problem === undefined ? [] : [`[${name}] ${operation}: ${problem}`];
    });
  return [
    ...(pattern === undefined ? [] : [`[${name}] is no regular expression: ${pattern}`]),
    ...operations.filter((operation) => !values.has(operation)).map((key) => `[${name}] has no \`${key}\``),
    ...[...values.keys()]
      .filter((key) => !operations.includes(key))
      .map((key) => `[${name}] has \`${key}\`, which is none of ${operations.join(', ')}`),
    ...each((value) => (format === 'policies' && value.includes(',') ? 'one policy, not a list' : undefined)),
    ...each((value) => (/@.*!|!.*@/.test(value) ? '@ (all) and ! (none) exclude each other' : undefined)),
    ...each((value) => (value.includes('%') ? 'a % sign cannot be read' : undefined)),
    ...each((value) =>
      /(^|\s)[#;]/.test(value)
        ? 'a comment behind a value is part of it; give it a line of its own'
        : undefined,
    ),
    ...each((value) =>
      value.includes('\n') ? 'an indented line goes on with the value in front of it' : undefined,
    ),
  ];
}

/** Sections and values as Python's configparser reads them: an indented line goes on with a value, and DEFAULT stands in all sections. */
function sectionsOf(text: string): {
  readonly sections: readonly ProtectionSection[];
  readonly wrong: readonly (readonly [line: number, message: string])[];
} {
  const sections: { name: string; line: number; values: Map<string, string> }[] = [];
  const wrong: (readonly [number, string])[] = [];
  let open: string | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const current = sections.at(-1);
    if (/^\s/.test(raw) && current && open !== undefined) {
      current.values.set(open, `${current.values.get(open)}\n${line}`);
      continue;
    }
    const name = /^\[(.+)\]/.exec(line)?.[1];
    const [, key, value] = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    open = name === undefined ? key?.toLowerCase() : undefined;
    if (name !== undefined) sections.push({ name, line: index + 1, values: new Map() });
    else if (!current || key === undefined || open === undefined)
      wrong.push([index + 1, 'this line is neither a [section] nor `operation = value`']);
    else if (current.values.has(open)) wrong.push([index + 1, `[${current.name}] has \`${open}\` twice`]);
    else current.values.set(open, value ?? '');
  }
  const shared = sections.find(({ name }) => name === 'DEFAULT')?.values ?? [];
  return {
    wrong,
    sections: sections
      .filter(({ name }) => name !== 'DEFAULT')
      .map((section) => ({ ...section, values: new Map([...shared, ...section.values]) })),
  };
}
