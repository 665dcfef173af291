// npm run agent:lines
// Runs the tests of the agent on each PowerShell that is there and tells which of its lines none of them ran. Fails where one has no
// reason in test/agent/lines/never-run.json, or more than 3 % are never run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replacedParts } from '../../../src/sandbox/powershell/replacements.ts';
import { agentLines } from './instrument.ts';
import { type LinesReport, linesReport, type NeverRun } from './report.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const reasons = join(import.meta.dirname, 'never-run.json');

async function main(): Promise<number> {
  const notes = mkdtempSync(join(tmpdir(), 'oriel-agent-lines-'));
  try {
    const child = spawn('npx', ['vitest', 'run', 'test/agent'], {
      cwd: root,
      env: { ...process.env, ORIEL_AGENT_LINES: notes },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [code] = await once(child, 'exit');
    const subjects = readdirSync(notes);
    const known = JSON.parse(readFileSync(reasons, 'utf8')) as readonly NeverRun[];
    const report = linesReport(await agentLines(), numbersIn(notes), replacedParts(), known);
    process.stdout.write(`${inWords(report, subjects)}\n`);
    return code === 0 && report.problems.length === 0 ? 0 : 1;
  } finally {
    rmSync(notes, { recursive: true, force: true });
  }
}

function numbersIn(folder: string): ReadonlySet<number> {
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return new Set(texts.flatMap((text) => text.split(' ').filter(Boolean).map(Number)));
}

function inWords(
  { lines, run, replaced, neverRun, problems }: LinesReport,
  subjects: readonly string[],
): string {
  const percent = (count: number): string => `${((count * 100) / lines).toFixed(1)} %`;
  return [
    `${run} of ${lines} lines of the agent were run (${percent(run)}) on ${subjects.join(', ') || 'nothing'}`,
    `${replaced.length} are in parts that Wine has from the sandbox (${percent(replaced.length)}):`,
    ...replaced.map(({ file, line, text }) => `  agent/${file}:${line}  ${text}`),
    `${neverRun.length} are never run (${percent(neverRun.length)}; at most 3 %):`,
    ...neverRun.map(({ file, line, text }) => `  agent/${file}:${line}  ${text}`),
    ...problems.map((problem) => `problem: ${problem}`),
  ].join('\n');
}

process.exitCode = await main();
