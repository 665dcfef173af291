import { cpus } from 'node:os';
import { fuzzInChild } from '../../test/msi/fuzz/in-child.ts';

/** Milliseconds of processor time that a file may take. */
const most = 1000;

/** `fuzz.ts [COUNT] [FIRST]`: reads so many damaged files and prints what became of them; exit code 1 where one took too long. */
async function main([count = '100000', first = '1']: string[]): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const started = performance.now();
  const { seed, megabytes, milliseconds, targets } = await fuzzInChild(
    Number(first),
    Number(count),
    (report) => {
      if (!report.targets && report.seed % 10_000 === 0) say(`seed ${report.seed}: ${report.megabytes} MB`);
    },
  );
  const seconds = Math.round((performance.now() - started) / 1000);
  say(`${cpus().length} cores, Node ${process.versions.node}; seeds ${first} to ${seed}: ${seconds} s,`);
  say(`at most ${megabytes} MB of memory and ${Math.round(milliseconds)} ms of processor time for a file\n`);
  if (milliseconds > most) process.exitCode = 1;
  say('| target | files | refused | read |\n| --- | --- | --- | --- |');
  for (const [name, { files, refused }] of Object.entries(targets ?? {}))
    say(`| ${name} | ${files} | ${refused} | ${files - refused} |`);
}

void main(process.argv.slice(2));
