import { SiteError } from '../errors.ts';
import type { Emit } from '../plan/events.ts';
import { readJournal } from '../plan/read-journal.ts';
import { findRuns } from '../plan/runs.ts';
import { indented } from '../report/visible.ts';
import { say } from '../report/words.ts';
import { type Context, journalOf, readingWords, type Verb } from './command.ts';

interface Flags {
  readonly json?: true;
}

const help = `
RUN is an id from \`oriel history\`, or its beginning, or \`last\`.

Examples:
  oriel show last site.yaml
  oriel show 20260102T030405 site.yaml --json | jq 'select(.kind == "step-finished")'`;

/** `oriel show`: what happened in one run. */
export const show: Verb = (program, run) => {
  program
    .command('show')
    .description('show what happened in one run of the journal')
    .argument('<run>', 'id of the run, or `last`')
    .argument('[site]', 'site file; default: the .oriel folder in the working directory')
    .option('--json', 'print its events as JSON lines')
    .addHelpText('after', help)
    .action((name: string, site: string | undefined, flags: Flags) =>
      run((context) => showRun(name, site, flags, context)),
    );
};

async function showRun(
  name: string,
  site: string | undefined,
  flags: Flags,
  { print, emit }: Context,
): Promise<number> {
  const path = await journalOf(site);
  const run = await runNamed(path, name, emit);
  for await (const { events, torn } of readJournal(path, { only: run, onBytes: readingWords(path, emit) })) {
    for (const event of events)
      if (event.run === run)
        print(flags.json ? JSON.stringify(event) : indented(`${event.time}  ${say(event).text}`));
    if (torn > 0) emit({ kind: 'note', level: 'warning', message: `${torn} lines here are no event` });
  }
  return 0;
}

/** The whole id. Throws SiteError where no run has it, or several begin like this. */
async function runNamed(path: string, name: string, emit: Emit): Promise<string> {
  const [run, ...others] = await findRuns(path, name, { onBytes: readingWords(path, emit) });
  if (run !== undefined && others.length === 0) return run;
  const message =
    run === undefined
      ? `${path}: there is no run ${name}`
      : `${path}: several runs begin with ${name}: ${[run, ...others].join(', ')}`;
  throw new SiteError([{ message, hint: 'oriel history lists the runs' }]);
}
