import { describeFinding, type LintFinding } from '../../charm/lint/finding.ts';
import type { Context } from '../../deploy/context.ts';

/** Prints what a lint found, and gives the exit code: 1 where there are errors. */
export function tellFindings(
  findings: readonly LintFinding[],
  format: 'human' | 'json',
  { print }: Pick<Context, 'print'>,
): number {
  if (format === 'json') print(JSON.stringify(findings, undefined, 2));
  else print(findings.map(describeFinding).join('\n') || 'no findings');
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}
