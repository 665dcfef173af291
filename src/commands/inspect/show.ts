import type { Context } from '../../deploy/context.ts';
import { journalOf, readingWords } from '../../deploy/find-journal.ts';
import { InputError } from '../../errors.ts';
import type { Emit, Event } from '../../events/events.ts';
import { readJournal } from '../../plan/journal/read-journal.ts';
import { findRuns } from '../../plan/journal/runs.ts';
import { json } from '../../report/json.ts';
import { runHtml } from '../../report/pages/run-html.ts';
import { indented } from '../../report/visible.ts';
import { describeFact } from '../../report/words.ts';
import { formatted } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly format: 'human' | 'json' | 'html';
}

const help = `
RUN is an id from \`oriel history\`, or its beginning, or \`last\`.

Examples:
  oriel show last site.yaml
  oriel show last site.yaml --html > run.html
  oriel show 20260102T030405 site.yaml --json | jq 'select(.kind == "step-finished")'`;

/** `oriel show`: what happened in one run. */
export const show: Verb = (program, run) => {
  formatted(program.command('show'), ['human', 'json', 'html'])
    .description('show what happened in one run of the journal')
    .argument('<run>', 'id of the run, or `last`')
    .argument('[site]', 'site file; default: the .oriel folder in the working directory')
    .option('--html', 'short for --format html, a page with a line for each node')
    .hook('preAction', (_, command) => {
      if (command.opts().html) command.setOptionValue('format', 'html');
    })
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
  const page: Event[] = [];
  const report = (event: Event): void => {
    if (flags.format === 'html') page.push(event);
    else
      print(flags.format === 'json' ? json(event) : indented(`${event.time}  ${describeFact(event).text}`));
  };
  for await (const { events, torn } of readJournal(path, { only: run, onBytes: readingWords(path, emit) })) {
    for (const event of events) if (event.run === run) report(event);
    if (torn > 0) emit({ kind: 'note', level: 'warning', message: `${torn} lines here are not events` });
  }
  if (flags.format === 'html') print(runHtml(page));
  return 0;
}

/** The whole id. Throws InputError where no run has it, or several begin like this. */
async function runNamed(path: string, name: string, emit: Emit): Promise<string> {
  const [run, ...others] = await findRuns(path, name, { onBytes: readingWords(path, emit) });
  if (run !== undefined && others.length === 0) return run;
  const message =
    run === undefined
      ? `${path}: there is no run ${name}`
      : `${path}: several runs begin with ${name}: ${[run, ...others].join(', ')}`;
  throw new InputError([{ message, hint: 'oriel history lists the runs' }]);
}
