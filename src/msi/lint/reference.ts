import { BuildError } from '../../errors.ts';
import { explanations, omittedRules } from './explanations.ts';
import { severities } from './index.ts';

/** The demand of a rule, as text. Throws BuildError for an unknown rule. */
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

\`oriel msi lint FILE\` finds errors in a package from any builder that Windows Installer punishes. The exit code is 1 when there is an error; \`--json\` is for
programs. \`oriel msi lint --explain RULE\` prints a line of this page.

Rules with the name ICE.. compute the same as Microsoft's internal consistency evaluators of that name, from tables alone. They are not Microsoft's code.
The other rules are oriel's own. oriel does not check the syntax of conditions.

| rule | finds | asks for |
| --- | --- | --- |`;

/** The page docs/reference/packages/msi-lint.md. */
export function lintReference(): string {
  const rows = Object.entries(explanations).map(
    ([id, text]) => `| \`${id}\` | ${severities.get(id)} | ${text} |`,
  );
  const rest = Object.entries(omittedRules).map(([id, text]) => `| \`${id}\` | not checked | ${text} |`);
  return `${[head, ...rows, ...rest].join('\n')}\n`;
}
