import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { junit } from '../../src/report/checks/junit.ts';
import { bigReport, mixedReport, nastyReport } from '../browser/samples.ts';

const schema = join(import.meta.dirname, '../../docs/reference/schemas/junit.xsd');

/** What xmllint says of a text: nothing, or its complaints. */
function complaints(xml: string): string {
  try {
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', schema, '-'], { input: xml, stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stderr?: Buffer }).stderr ?? error);
  }
}

const missing = complaints('<testsuites/>').includes('ENOENT');

describe.skipIf(missing)('JUnit XML (skipped without xmllint: apt-get install libxml2-utils)', () => {
  const dated = {
    ...nastyReport,
    results: nastyReport.results.map((one) => ({ ...one, started: '2026-01-02T03:04:05.678Z' })),
  };

  test.each(
    Object.entries({
      mixed: mixedReport,
      big: bigReport(3),
      nasty: dated,
      empty: { ...mixedReport, results: [] },
    }),
  )('of a %s report keeps to docs/reference/schemas/junit.xsd', (_, { deployment, results }) => {
    expect(complaints(junit(deployment, results))).toBe('');
  });

  test('with anything else in it does not', () => {
    const xml = junit('x', mixedReport.results);
    expect(complaints(xml.replace('<testcase ', '<testcase verdict="pass" '))).toContain('verdict');
    expect(complaints(xml.replace('time="0.400"', 'time="now"'))).toContain("'now' is not accepted");
  });
});
