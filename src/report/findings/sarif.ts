import { isAbsolute, relative } from 'node:path';
import { json } from '../json.ts';
import type { FindingReport, ReportedFinding } from './report.ts';

/**
 * Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), as code hosts read it: paths are relative to the working
 * directory, which is the root of the repository in CI. docs/reference/schemas/sarif.schema.json has all that is written.
 */
export function sarif({ version, findings }: FindingReport): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort().map((id) => ({ id }));
  const run = {
    tool: { driver: { name: 'oriel', semanticVersion: version, rules } },
    columnKind: 'utf16CodeUnits',
    results: findings.map(resultOf),
  };
  return json({ version: '2.1.0', runs: [run] }, 2);
}

function resultOf({ rule, severity, file, line, column, message, remedy }: ReportedFinding): object {
  const region = line === undefined ? {} : { region: { startLine: line, startColumn: column ?? 1 } };
  const path = (isAbsolute(file) ? relative(process.cwd(), file) : file).replaceAll('\\', '/');
  // Of a name that has `#`, `?` or `:` in it all belongs to the path.
  const uri = path
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd')))
    .join('/');
  return {
    ruleId: rule,
    level: severity,
    message: { text: remedy === undefined ? message : `${message}\n${remedy}` },
    locations: [{ physicalLocation: { artifactLocation: { uri }, ...region } }],
  };
}
