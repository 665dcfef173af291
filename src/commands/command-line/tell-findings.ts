import { describeFinding, type LintFinding } from '../../charm/lint/finding.ts';
import { programVersion } from '../../data-files.ts';
import type { Context } from '../../deploy/context.ts';
import { type FindingFormat, findingFormats, findingReports } from '../../report/findings/finding.ts';

/** Formats of a verb that tells findings. */
export const lintFormats = ['human', 'json', ...findingFormats] as const;
export type LintFormat = (typeof lintFormats)[number];

/** Prints what a lint found in a file, and gives the exit code: 1 where there are errors. */
export function tellFindings(
  {
    verb,
    file,
    findings,
  }: {
    readonly verb: string;
    readonly file: string;
    readonly findings: readonly LintFinding[];
  },
  format: LintFormat,
  { print }: Pick<Context, 'print'>,
): number {
  if (format === 'json') print(JSON.stringify(findings, undefined, 2));
  else if (format === 'human') print(findings.map(describeFinding).join('\n') || 'no findings');
  else print(reportFindings(format, verb, [file], findings));
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** Findings in files for CI. */
export function reportFindings(
  format: FindingFormat,
  verb: string,
  files: readonly string[],
  findings: Parameters<(typeof findingReports)[FindingFormat]>[0]['findings'],
): string {
  return findingReports[format]({ verb, version: programVersion(), files, findings });
}
