import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJournal } from '../../src/plan/journal/read-journal.ts';
import { findRuns, lastRuns } from '../../src/plan/journal/runs.ts';
import { summarizeJournal } from '../../src/plan/journal/summary.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { planHtml } from '../../src/report/pages/plan-html.ts';
import { planTable } from '../../src/report/plan-table.ts';
import { writeJournal } from './journal.ts';
import { sessionsTo, thingsOn } from './site.ts';

/** What one plan took, from no session to its text. */
interface Figures {
  readonly nodes: number;
  readonly steps: number;
  readonly seconds: number;
  /** Of the processor: what other programs do on the machine is not in it. */
  readonly cpuSeconds: number;
  /** Of the process, most at any time. */
  readonly megabytes: number;
  readonly htmlMegabytes: number;
}

/** What reading the last runs of a journal took. */
interface JournalFigures {
  readonly events: number;
  readonly journalMegabytes: number;
  readonly seconds: number;
  /** What a plan takes from its end, and one run found and read from the whole. */
  readonly recallSeconds: number;
  readonly showSeconds: number;
  readonly megabytes: number;
}

const sizes = [50, 100, 200, 500];
const limits = { seconds: 20, megabytes: 500 };

/** Plans for stand-in nodes on which all is in sync, then a long journal; each measure in a process of its own. */
async function main(): Promise<void> {
  const [what] = process.argv.slice(2);
  if (what === 'journal') return void process.send?.(await measureJournal());
  if (what !== undefined) return void process.send?.(await measure(Number(what)));
  const all: Figures[] = [];
  for (const nodes of sizes) all.push(await inProcess<Figures>(String(nodes)));
  await inProcess<JournalFigures>('journal');
  const largest = all.at(-1);
  if (!largest || largest.seconds > limits.seconds || largest.megabytes > limits.megabytes)
    process.exitCode = 1;
}

async function inProcess<Measured>(what: string): Promise<Measured> {
  const [figures] = (await once(fork(import.meta.filename, [what]), 'message')) as [Measured];
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  return figures;
}

async function measureJournal(): Promise<JournalFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'oriel-benchmark-'));
  try {
    const path = join(folder, 'journal.jsonl');
    const written = writeJournal(path, 1000, 1000);
    const begun = performance.now();
    const { runs } = await lastRuns(path, 20);
    const seconds = Math.round(performance.now() - begun) / 1000;
    const recalled = performance.now();
    const { nodes } = await summarizeJournal(path);
    const recallSeconds = Math.round(performance.now() - recalled) / 1000;
    const shown = performance.now();
    const events = await eventsOfLast(path);
    const showSeconds = Math.round(performance.now() - shown) / 1000;
    if (runs.length !== 20 || nodes.size === 0 || events !== 1000)
      throw new TypeError('the last runs are not there');
    const journalMegabytes = Math.round((await stat(path)).size / 1e6);
    return {
      events: written,
      journalMegabytes,
      seconds,
      recallSeconds,
      showSeconds,
      megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What `oriel show last` reads. */
async function eventsOfLast(path: string): Promise<number> {
  const [run = ''] = await findRuns(path, 'last');
  let count = 0;
  for await (const { events } of readJournal(path, { only: run }))
    count += events.filter((event) => event.run === run).length;
  return count;
}

async function measure(nodes: number): Promise<Figures> {
  const begun = performance.now();
  const used = process.cpuUsage();
  const declared = thingsOn(nodes);
  const made = await makePlan({ name: 'many', release: '2024.2' }, declared, sessionsTo(nodes), {
    emit: () => {},
  });
  const text = planTable(made);
  const html = planHtml(made);
  const seconds = Math.round(performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(used);
  if (!text.includes('No changes')) throw new TypeError('the stand-in nodes are not in sync');
  return {
    nodes,
    steps: made.steps.length,
    seconds,
    cpuSeconds: Math.round((user + system) / 1000) / 1000,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    htmlMegabytes: Math.round(html.length / 1e5) / 10,
  };
}

await main();
