import type { Context } from '../../deploy/context.ts';
import { journalOf, readingWords } from '../../deploy/find-journal.ts';
import { lastRuns, type RunRecord } from '../../plan/journal/runs.ts';
import { json } from '../../report/json.ts';
import { table } from '../../report/table.ts';
import { secondsText } from '../../report/units.ts';
import { formatted, wholeNumber } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly last: number;
  readonly json?: true;
}

const help = `
Without a site file: of the deployment whose .oriel folder is in the working directory.

Examples:
  oriel history site.yaml
  oriel history site.yaml --last 1 --json | jq '.runs[].result'
  oriel show last site.yaml              what happened in one of them`;

/** `oriel history`: the runs in the journal of a deployment. */
export const history: Verb = (program, run) => {
  formatted(program.command('history'))
    .description('list the runs that changed nodes: when, who, what came of it')
    .argument('[site]', 'site file')
    .option('--last <number>', 'how many runs', wholeNumber, 20)
    .addHelpText('after', help)
    .action((site: string | undefined, flags: Flags) => run((context) => showHistory(site, flags, context)));
};

async function showHistory(
  site: string | undefined,
  flags: Flags,
  { print, emit, width }: Context,
): Promise<number> {
  const path = await journalOf(site);
  const { runs, torn } = await lastRuns(path, flags.last, { onBytes: readingWords(path, emit) });
  if (torn > 0)
    emit({
      kind: 'note',
      level: 'warning',
      message: `${path}: ${torn} lines are not events: torn by a crash, or written by others; they are left out`,
    });
  print(flags.json ? json({ runs, torn }, 2) : show(runs, width));
  return 0;
}

function show(runs: readonly RunRecord[], width?: number): string {
  if (runs.length === 0) return 'no runs';
  const head = ['run', 'started', 'verb', 'who', 'result', 'changed', 'in sync', 'failed', 'skipped', 'time'];
  const rows = runs.map(({ run, started, verb, who, result, seconds, ...counts }) => [
    ...[run, started.replace(/\.\d+Z$/, 'Z'), verb, who ?? '-', result],
    ...[counts.changed, counts.unchanged, counts.failed, counts.skipped].map(String),
    seconds === null ? '-' : secondsText(seconds),
  ]);
  const open = runs.some(({ result }) => result === 'interrupted');
  return [
    table([head, ...rows], { width }),
    ...(open ? ['interrupted: aborted, or still running'] : []),
  ].join('\n');
}
