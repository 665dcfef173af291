import { readFileSync } from 'node:fs';
import { dataFile } from '../../../data-files.ts';
import type { Position, Problem } from '../../../errors.ts';
import type { FileKind } from '../../../site/yaml/file-kind.ts';
import type { Located } from '../../../site/yaml/located.ts';
import { nearestName } from '../../../site/yaml/nearest.ts';
import { parseYaml } from '../../../site/yaml/yaml.ts';
import { ruleProblem, rulesNamed } from './policy-rule.ts';
import { otherType } from './yaml-1.1.ts';

const policyFile: FileKind = {
  name: 'a policy file',
  single: 'one file, one policy',
  anchors: 'write the rule again, or give it a name and write "rule:NAME"',
  tags: 'for nobody write "!" in quotes; without them oslo.policy reads an empty rule, which lets everybody in',
  empty: 'write NAME: "RULE"',
};

/** A rule of the file: the texts of it (one, or those of a list), and where each stands. */
interface PolicyRule {
  readonly name: string;
  readonly at: Position;
  readonly texts: readonly { readonly text: string; readonly at: Position }[];
}

/**
 * What is wrong with a policy file as oslo.policy reads it: with PyYAML, so YAML 1.1, and each rule in its language or as a list of
 * lists. It takes an empty rule for "everybody", and one that it cannot read for "nobody", which no file means.
 */
export function policyProblems(text: string, file: string): readonly Problem[] {
  if (/^(\s*(#.*)?(\r?\n|$))*$/.test(text)) return [];
  const { root, problems } = parseYaml({ file, text }, policyFile);
  const tabs = tabProblems(text, file);
  if (tabs.length > 0) return tabs;
  if (problems.length > 0 || root?.kind !== 'map') return problems;
  const wrong: Problem[] = [];
  const report = (position: Position, message: string, hint?: string) =>
    wrong.push({ message, position, ...(hint && { hint }) });
  const rules = [...root.entries].map(
    ([name, { at, value }]): PolicyRule => ({
      name,
      at,
      texts: textsOf(name, value, text, report),
    }),
  );
  for (const { name, texts } of rules)
    for (const one of texts) {
      const problem = ruleProblem(one.text);
      if (problem) report(one.at, `the rule of \`${name}\` ${problem}`);
    }
  return wrong.length > 0 ? wrong : nameProblems(rules);
}

type Report = (position: Position, message: string, hint?: string) => void;

function textsOf(name: string, value: Located, source: string, report: Report): PolicyRule['texts'] {
  if (value.kind === 'list') return value.items.flatMap((item) => textsOf(name, item, source, report));
  if (value.kind === 'map') {
    report(value.at, `the rule of \`${name}\` must be text, or a list of lists of texts`);
    return [];
  }
  if (value.value === null) {
    report(
      value.at,
      `the rule of \`${name}\` is empty, which lets everybody in`,
      'write "@" for everybody, "!" for nobody',
    );
    return [];
  }
  const first = source.split('\n')[value.at.line - 1]?.[value.at.column - 1] ?? '';
  const written = value.written ?? String(value.value);
  const other = /["'|>]/.test(first) ? undefined : otherType(written);
  if (other || typeof value.value !== 'string') {
    report(
      value.at,
      `the rule of \`${name}\` must be text; YAML 1.1 reads ${other ?? 'something else'} there`,
      `write it in quotes: "${written}"`,
    );
    return [];
  }
  return [{ text: value.value, at: value.at }];
}

/** PyYAML knows no tab between words, and answers with an error for the whole file. */
function tabProblems(text: string, file: string): readonly Problem[] {
  return text.split('\n').flatMap((line, i) => {
    const bare = line
      .replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, (quoted) => 'x'.repeat(quoted.length))
      .replace(/(^|\s)#.*$/, '');
    const at = bare.indexOf('\t');
    return at < 0
      ? []
      : [
          {
            message: 'a tab: oslo.policy cannot read the file',
            position: { file, line: i + 1, column: at + 1 },
            hint: 'write blanks',
          },
        ];
  });
}

/** Names of rules that Glance asks for, in any release that is packaged (glance/policies of 26.1.0 to 29.2.1). */
const knownRules = (): readonly string[] =>
  (JSON.parse(readFileSync(dataFile('msi', 'glance', 'policies.json'), 'utf8')) as { rules: string[] }).rules;

function nameProblems(rules: readonly PolicyRule[]): readonly Problem[] {
  const known = knownRules();
  const own = new Set(rules.map(({ name }) => name));
  const used = new Set(rules.flatMap(({ texts }) => texts.flatMap(({ text }) => rulesNamed(text))));
  const asked = rules.flatMap(({ name, texts }) =>
    texts.flatMap(({ text, at }): Problem[] => {
      const missing = rulesNamed(text).find((rule) => !own.has(rule) && !known.includes(rule));
      if (missing === undefined) return [];
      const near = nearestName(missing, [...own, ...known]);
      const hint = near && `did you mean \`${near}\`?`;
      return [
        {
          message: `the rule of \`${name}\` names rule:${missing}, which there is not`,
          position: at,
          ...(hint && { hint }),
        },
      ];
    }),
  );
  const unknown = rules.flatMap(({ name, at }): Problem[] => {
    const near = known.includes(name) || used.has(name) ? undefined : nearestName(name, known);
    return near === undefined
      ? []
      : [
          {
            message: `\`${name}\` is no rule of Glance, and no other rule names it`,
            position: at,
            hint: `did you mean \`${near}\`?`,
          },
        ];
  });
  return [...asked, ...unknown];
}
