import { readFileSync } from 'node:fs';
import { peakMegabytes } from './peak.ts';
import { readDamaged } from './read-damaged.ts';
import { makeTargets } from './targets.ts';

/** What became of the files of one target. */
export interface Count {
  readonly files: number;
  readonly refused: number;
}

/** A line of progress; the last one has `targets`. */
export interface Report {
  /** The last seed that was read. */
  readonly seed: number;
  /** Peak memory of this process, in MB. */
  readonly megabytes: number;
  /** The longest that a file took, in milliseconds of processor time. */
  readonly milliseconds: number;
  readonly targets?: Readonly<Record<string, Count>>;
}

/** `child.ts PROGRAM FIRST COUNT`: reads that many damaged files and prints a report as a line of JSON after each thousand and at the end. */
async function main([program = '', first = '1', count = '1']: string[]): Promise<void> {
  const targets = await makeTargets(readFileSync(program));
  const counts: Record<string, Count> = {};
  const end = Number(first) + Number(count);
  let longest = 0;
  const report = (seed: number, more = {}) => {
    const megabytes = peakMegabytes();
    process.stdout.write(`${JSON.stringify({ seed, megabytes, milliseconds: longest / 1000, ...more })}\n`);
  };
  for (let seed = Number(first); seed < end; seed++) {
    const { target, refused, microseconds } = readDamaged(targets, seed);
    const before = counts[target] ?? { files: 0, refused: 0 };
    counts[target] = { files: before.files + 1, refused: before.refused + Number(refused) };
    longest = Math.max(longest, microseconds);
    if (seed % 1000 === 0) report(seed);
  }
  report(end - 1, { targets: counts });
}

void main(process.argv.slice(2));
