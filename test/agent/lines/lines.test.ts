import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { evaluatorIn } from '../parts.ts';
import { shell } from '../real-agent.ts';
import { agentLines } from './instrument.ts';
import { linesReport } from './report.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-lines-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const lines = await agentLines();

describe('the lines of the agent', () => {
  it('are those that statements begin in', () => {
    const ofResolve = lines.filter(({ file }) => file === 'parts/processes/Resolve-Program.ps1');
    expect(ofResolve.map(({ text }) => text).slice(0, 2)).toEqual([
      "if ($File -match '^([A-Za-z]:\\\\|\\\\\\\\|/)') {",
      'if ([IO.File]::Exists($File)) { return $File }',
    ]);
    expect(lines.length).toBeGreaterThan(1_000);
  });

  it.skipIf(shell === undefined || shell.isWindows)('note themselves when they are run', async () => {
    if (!shell) return;
    const noted = join(folder, 'noted.txt');
    const here = await evaluatorIn({ ...shell, noted });
    await expect(here.evaluate("Resolve-Program 'no such program'")).rejects.toThrow('ProgramNotFound');
    await here.close();
    const run = new Set(readFileSync(noted, 'utf8').split(' ').filter(Boolean).map(Number));
    const { neverRun } = linesReport(lines, run, [], []);
    const left = neverRun.filter(({ file }) => file === 'parts/processes/Resolve-Program.ps1');
    expect(left.map(({ text }) => text)).toEqual(['if ([IO.File]::Exists($File)) { return $File }']);
  });
});

describe('the report', () => {
  const own = ['a', 'b', 'c'].map((text, at) => ({ file: 'parts/x/A.ps1', line: at + 1, text }));
  const all = [
    ...own,
    ...Array.from({ length: 97 }, (_, at) => ({ file: 'calls/x/B.ps1', line: at, text: `${at}` })),
  ];
  const run = (...left: readonly number[]): ReadonlySet<number> =>
    new Set([...all.keys()].filter((number) => !left.includes(number)));
  const known = [{ file: 'parts/x/A.ps1', text: 'a', reason: 'why' }];

  it('wants a reason for each line that is never run', () => {
    expect(linesReport(all, run(0), [], known).problems).toEqual([]);
    expect(linesReport(all, run(0, 1), [], known).problems).toEqual([
      'agent/parts/x/A.ps1:2 is never run and has no reason: b',
    ]);
  });

  it('wants no reason for one that is run, or is there no more', () => {
    expect(linesReport(all, run(), [], known).problems).toEqual([
      'agent/parts/x/A.ps1: it is run, or there no more: a',
    ]);
  });

  it('lets no more than 3 % be left, besides parts that the sandbox replaces', () => {
    expect(linesReport(all, run(0, 1, 2), ['A'], []).problems).toEqual([]);
    expect(linesReport(all, run(0, 1, 2, 3), [], []).problems[0]).toBe(
      '4.0 % of the lines are never run (at most 3 %)',
    );
  });
});
