import type { CheckResult } from '../checks/check-report.ts';
import { checkReports } from '../checks/reports.ts';
import type { FindingReport, ReportedFinding } from './report.ts';
import { sarif } from './sarif.ts';

/** Formats of findings for CI, besides those that a verb has anyway. */
export const findingFormats = ['junit', 'sarif'] as const;
export type FindingFormat = (typeof findingFormats)[number];

/** Findings for CI: JUnit with a suite for each file and a case for each finding, and SARIF 2.1.0. */
export const findingReports: Readonly<Record<FindingFormat, (report: FindingReport) => string>> = {
  junit: ({ verb, files, findings }) =>
    checkReports.junit({
      verb,
      deployment: files.join(' '),
      release: '',
      results: files.flatMap((file) => resultsOf(file, findings)),
    }),
  sarif,
};

function resultsOf(file: string, findings: readonly ReportedFinding[]): readonly CheckResult[] {
  const common = { kind: 'check-finished', node: file, seconds: 0, evidence: {} } as const;
  const own = findings.filter((finding) => finding.file === file || finding.file.startsWith(`${file}/`));
  // Without a case a suite says nothing.
  if (own.length === 0) return [{ ...common, check: 'no findings', verdict: 'pass', message: '' }];
  return own.map(({ rule, severity, line, column, message, remedy, file: place }) => ({
    ...common,
    check: [rule, place === file ? undefined : place, line && `${line}:${column ?? 1}`]
      .filter(Boolean)
      .join(' '),
    verdict: severity === 'error' ? 'fail' : 'warn',
    message,
    ...(remedy !== undefined && { remedy }),
  }));
}
