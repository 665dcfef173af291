import { BuildError } from '../../errors.ts';
import { explanations, omittedRules } from './explanations.ts';
import { severities } from './index.ts';

/** What a rule asks for, as text. Throws BuildError for a rule that there is not. */
export function explainRule(id: string): string {
  const known = Object.keys(explanations).find((one) => one.toLowerCase() === id.toLowerCase());
  const reason = omittedRules[id.toUpperCase()];
  if (reason) return `${id.toUpperCase()} is not checked. ${reason}`;
  if (known) return `${known} (${severities.get(known)}): ${explanations[known]}`;
  throw new BuildError(`there is no rule ${id}`, '`oriel msi lint --explain` lists them');
}

/** Every rule on a line. */
export function listRules(): string {
  return Object.keys(explanations).map(explainRule).join('\n');
}

const head = `# The rules of \`oriel msi lint\`

\`oriel msi lint FILE\` looks for what Windows Installer does not forgive in a package made by anybody; exit code 1 when there is an error, \`--json\` for
a program. \`oriel msi lint --explain RULE\` prints a line of this page, which is made from the same texts.

Rules by the name of ICE.. compute what Microsoft's internal consistency evaluators of that name do, from tables alone; they are not Microsoft's code.
The others are ours. The syntax of conditions is not checked.

| rule | finds | asks for |
| --- | --- | --- |`;

/** The page docs/msi-lint.md. */
export function lintReference(): string {
  const rows = Object.entries(explanations).map(
    ([id, text]) => `| \`${id}\` | ${severities.get(id)} | ${text} |`,
  );
  const rest = Object.entries(omittedRules).map(([id, text]) => `| \`${id}\` | not checked | ${text} |`);
  return `${[head, ...rows, ...rest].join('\n')}\n`;
}
