import { basename } from 'node:path';
import type { AgentLine } from './instrument.ts';

/** A line that no subject runs, and why; by its text, as it may move. */
export interface NeverRun {
  readonly file: string;
  readonly text: string;
  readonly reason: string;
}

export interface LinesReport {
  readonly lines: number;
  readonly run: number;
  /** Lines that were not run, in parts that Wine has from the sandbox. */
  readonly replaced: readonly AgentLine[];
  readonly neverRun: readonly AgentLine[];
  /** What is wrong: too many lines, one without a reason, a reason for one that is run; empty: nothing. */
  readonly problems: readonly string[];
}

/** At most so many of all lines are never run, besides those that the sandbox replaces. */
const mostNeverRun = 0.03;

/** What the numbers of lines that were run say of the agent. `replaced`: names of its parts that PowerShell in Wine has from the sandbox. */
export function linesReport(
  lines: readonly AgentLine[],
  run: ReadonlySet<number>,
  replaced: readonly string[],
  known: readonly NeverRun[],
): LinesReport {
  const left = lines.filter((_, number) => !run.has(number));
  const isReplaced = ({ file }: AgentLine): boolean =>
    file.startsWith('parts/') && replaced.includes(basename(file, '.ps1'));
  const neverRun = left.filter((line) => !isReplaced(line));
  const same = (one: { file: string; text: string }, other: { file: string; text: string }): boolean =>
    one.file === other.file && one.text === other.text;
  const share = neverRun.length / lines.length;
  const problems = [
    ...(share > mostNeverRun
      ? [`${(share * 100).toFixed(1)} % of the lines are never run (at most 3 %)`]
      : []),
    ...neverRun
      .filter((line) => !known.some((each) => same(each, line)))
      .map(({ file, line, text }) => `agent/${file}:${line} is never run and has no reason: ${text}`),
    ...known
      .filter((each) => !left.some((line) => same(each, line)))
      .map(({ file, text }) => `agent/${file}: it is run, or there no more: ${text}`),
  ];
  return {
    lines: lines.length,
    run: lines.length - left.length,
    replaced: left.filter(isReplaced),
    neverRun,
    problems,
  };
}
