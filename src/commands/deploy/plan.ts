import type { Command } from 'commander';
import type { Context } from '../../deploy/context.ts';
import { type DesiredState, desiredStateOf } from '../../deploy/desired-state.ts';
import { surveySite } from '../../deploy/survey.ts';
import { InputError } from '../../errors.ts';
import type { Plan, Scope } from '../../plan/model/plan.ts';
import { callsOf } from '../../plan/observe/calls.ts';
import { seal, writePlan } from '../../plan/saved/saved-plan.ts';
import { planDigests } from '../../plan/saved/stale-check.ts';
import { diffsText } from '../../report/diffs.ts';
import { json } from '../../report/json.ts';
import { planHtml } from '../../report/pages/plan-html.ts';
import { planPs1 } from '../../report/plan-ps1.ts';
import { planTable } from '../../report/plan-table.ts';
import { formatted, scoped, siteArgument } from '../command-line/options.ts';
import { recordable, recording } from '../command-line/record.ts';
import { suggest } from '../command-line/suggest.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags extends Scope {
  readonly format: 'human' | 'json' | 'html' | 'ps1';
  readonly check?: true;
  readonly out?: string;
  readonly depends?: true;
  readonly all?: true;
  readonly diff?: true;
}

const help = `
Marks: + create   ~ update   - remove   > run   ? known after earlier steps   = in sync   ! cannot be observed

--only takes kind, kind/name, component/kind/name or node/component/kind/name. Three parts that name no step like this are read
as node/kind/name, the form of earlier versions.

Examples:
  oriel plan site.yaml                      what apply would change, and why; nothing is touched
  oriel plan site.yaml --check              the same for CI: exit 3 when changes are pending
  oriel plan site.yaml --format json --node node-1
  oriel plan site.yaml --only file --only 'clock/service/*'       these steps, and what they wait for
  oriel plan site.yaml --only 'node-1/*/service/*'                of one node
  oriel plan site.yaml --format html > plan.html    one page; --format ps1: a script to read, for a change board
  oriel plan site.yaml --all                with the steps that are in sync
  oriel plan site.yaml --diff               with the lines that change in files; these are read from the nodes
  oriel plan site.yaml --out change.json    saves it; \`oriel apply change.json --site site.yaml\` does exactly this`;

/** `oriel plan`: looks at every node and says what would change. */
export const plan: Verb = (program, run) => {
  formatted(recordable(scoped(program.command('plan'))), ['human', 'json', 'html', 'ps1'])
    .description('show what apply would change, and why')
    .addArgument(siteArgument())
    .option('--all', 'in the table, show also each step that is in sync')
    .option('--depends', 'in the table, show what each step waits for')
    .option('--diff', 'show what changes in files, line by line; secrets stay hidden')
    .option('--out <file>', 'save the plan, for `oriel apply FILE --site SITE`')
    .option('--check', 'exit 3 when changes are pending')
    .addHelpText('after', help)
    .action((site: string, flags: Flags, command: Command) =>
      run((context) => recording(command, context, (within) => planSite(site, flags, within))),
    );
};

async function planSite(site: string, flags: Flags, context: Context): Promise<number> {
  const desired = await desiredStateOf(site, flags, context.emit, { keepsNothing: flags.out === undefined });
  const { plan } = await surveySite(desired, context, { diff: flags.diff });
  context.print(formats[flags.format](plan, desired, flags, context));
  if (flags.out !== undefined) {
    await save(flags.out, plan, desired);
    const message = `${flags.out}: saved; it is applied by: oriel apply ${flags.out} --site ${site}`;
    context.emit({ kind: 'note', level: 'info', message });
  } else if (plan.steps.some(({ action }) => action !== 'none')) suggest(context, `oriel apply ${site}`);
  return exitCode(plan, flags.check ?? false);
}

const formats: Readonly<
  Record<
    Flags['format'],
    (plan: Plan, desired: DesiredState, flags: Flags, terminal: Pick<Context, 'colours' | 'width'>) => string
  >
> = {
  human: (plan, _, { depends, all }, { colours, width }) =>
    `${planTable(plan, { depends, all, colours, width })}${diffsText(plan.steps, colours)}`,
  json: (plan) => json(plan, 2),
  html: (plan) => planHtml(plan),
  ps1: (plan, { declared }) => planPs1(plan, callsOf(declared, plan)),
};

/** Throws InputError where not everything could be looked at: nobody can say what such a plan would do. */
async function save(path: string, plan: Plan, desired: DesiredState): Promise<void> {
  if (isPartial(plan))
    throw new InputError([{ message: `${path} is not written: not everything could be looked at` }]);
  const { deployment, scope, salt } = desired;
  await writePlan(path, seal(withoutDiffs(plan), deployment.file, scope, planDigests(desired, plan), salt));
}

/** What nodes have in their files is shown and never written down. */
function withoutDiffs(plan: Plan): Plan {
  return { ...plan, steps: plan.steps.map(({ diff: _, ...step }) => step) };
}

function isPartial({ nodes, steps }: Plan): boolean {
  return nodes.some(({ error }) => error !== undefined) || steps.some(({ error }) => error !== undefined);
}

function exitCode(plan: Plan, check: boolean): number {
  if (isPartial(plan)) return 1;
  return check && plan.steps.some(({ action }) => action !== 'none') ? 3 : 0;
}
