import { bundleRules } from './bundle-rules.ts';
import { charmRules } from './charm-rules.ts';
import { metadataRules } from './metadata-rules.ts';
import type { RuleDescription } from './rule.ts';

const rules = { ...metadataRules, ...charmRules, ...bundleRules };

/** The name of a rule of `oriel charm lint` or `oriel bundle lint`. */
export type LintRule = keyof typeof rules;

/** What every rule of both lints asks for. */
export const lintRules: Readonly<Record<LintRule, RuleDescription>> = rules;

const head = `# The rules of \`oriel charm lint\` and \`oriel bundle lint\`

[juju.md](juju.md) explains both commands. Each finding has a file, a line, one of these rules and a remedy. \`oriel explain RULE\` prints a line of this page.
Errors make exit code 1, warnings do not. A rule stands here with the worst that it reports.

| rule | finds | asks for |
| --- | --- | --- |`;

/** The page docs/reference/charm-lint.md. */
export function lintRulesReference(): string {
  const rows = Object.entries(lintRules).map(
    ([id, { severity, text }]) => `| \`${id}\` | ${severity} | ${text.replaceAll('|', '\\|')} |`,
  );
  return `${[head, ...rows].join('\n')}\n`;
}
