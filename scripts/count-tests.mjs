// Reads vitest's JSON report and says how many tests passed, failed and were skipped, and why a suite did not load.
import { readFileSync } from 'node:fs';

const [file, checks] = process.argv.slice(2);
let report;
try {
  report = JSON.parse(readFileSync(file, 'utf8'));
} catch {
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const suites = report.testResults.filter(
  (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
);
for (const suite of suites) console.log(`did not load: ${suite.name}`);
// A title says what is missing: `PowerShell for Windows (left out: ...)`.
const leftOut = new Map();
for (const { status, ancestorTitles } of report.testResults.flatMap((suite) => suite.assertionResults)) {
  const why = ancestorTitles.map((title) => /\(left out: (.*)\)$/.exec(title)?.[1]).find(Boolean);
  if (why && status !== 'passed') leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
}
for (const [why, tests] of leftOut) console.log(`left out: ${tests} tests (${why})`);
const failed = report.numFailedTests + suites.length + (checks === '0' ? 0 : report.success ? 1 : 0);
const skipped = report.numPendingTests + report.numTodoTests;
console.log(`${report.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed ? 1 : 0);
