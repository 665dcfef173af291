import type { Command } from 'commander';
import { loadSite } from '../../components/index.ts';
import { type ChangeFlags, changeNodes, declineRun } from '../../deploy/change-nodes.ts';
import { askConsent, type Consent, isGiven } from '../../deploy/consent.ts';
import type { Context } from '../../deploy/context.ts';
import { type DesiredState, desiredStateOf } from '../../deploy/desired-state.ts';
import { rollBackAutomatically } from '../../deploy/rollback/automatic-rollback.ts';
import { type ByComponent, newestOf, readGenerations } from '../../deploy/rollback/declarations.ts';
import { assertUpgrades, dumpBefore } from '../../deploy/upgrade.ts';
import type { Emit } from '../../events/events.ts';
import type { Plan, Scope } from '../../plan/model/plan.ts';
import { listed } from '../../plan/model/reason.ts';
import type { Connections } from '../../plan/observe/make-plan.ts';
import { readSalt } from '../../plan/run/state-folder.ts';
import { isSealed, readPlan, refusal, type SavedPlan } from '../../plan/saved/saved-plan.ts';
import { allowedBy, assertSameInput, assertSameWork } from '../../plan/saved/stale-check.ts';
import type { CheckResult } from '../../report/checks/check-report.ts';
import { checkReports } from '../../report/checks/reports.ts';
import { stepResult } from '../../report/checks/steps.ts';
import { planTable } from '../../report/plan-table.ts';
import type { Generation } from '../../resources/generation/resource.ts';
import type { Deployment } from '../../site/deployment.ts';
import { formatted, scoped, siteArgument } from '../command-line/options.ts';
import { recordable, recording } from '../command-line/record.ts';
import { suggest } from '../command-line/suggest.ts';
import type { Verb } from '../command-line/verb.ts';

type Flags = Scope & ChangeFlags & { readonly site?: string; readonly format: 'human' | 'json' | 'junit' };

const help = `
Needs the package that \`oriel build SITE\` makes. Every step is observed again right before it is changed, so that a second
apply changes nothing and one that was killed can be run again. Facts go to .oriel/NAME/journal.jsonl beside the site file.
Ctrl-C once ends the steps under way and stops; twice stops now. Either way the exit code is 130.

What will change is shown and asked about. Without a terminal \`--yes\` is needed (exit 2 otherwise); nothing to change needs neither.

A plan that \`oriel plan SITE --out FILE\` saved is refused (exit 2) when the site file, the package or the nodes have moved
on since. It only says what may be done: what is done is found anew from the site file. Name that with --site: a plan is not
trusted to say whose secret commands run here. Without --site you are asked, or have to say --yes.

Examples:
  oriel apply site.yaml                           shows what changes, and asks
  oriel apply site.yaml --yes --json              where there is no terminal; events on standard output, one JSON object a line
  oriel apply site.yaml --yes --format junit > apply.xml      for CI: a suite for each node, a case for each step
  oriel apply change.json --site site.yaml        what a saved plan says, or nothing; does not ask`;

/** `oriel apply`: brings the nodes to what the site file says. */
export const apply: Verb = (program, run) => {
  formatted(recordable(scoped(program.command('apply'))), ['human', 'json', 'junit'])
    .description('install, configure and start the service; changes only what differs')
    .addArgument(siteArgument('site file; or a plan saved by `oriel plan --out FILE`, with --site'))
    .option('-y, --yes', 'agree without being asked; needed where there is no terminal')
    .option(
      '--site <file>',
      'the site file that a saved plan was made from; then it is applied without a question',
    )
    .option('--break-lock', 'after a question, break the lock of another controller')
    .option('--verbose', 'show what installers and migrations on the nodes write to their logs')
    .addHelpText('after', help)
    .action((site: string, flags: Flags, command: Command) =>
      run(async (context) => {
        const code = await recording(command, context, (within) => reported(site, flags, within));
        if (code === 0) suggest(context, `oriel verify ${flags.site ?? site}`);
        return code;
      }),
    );
};

/** With a report for CI at the end, where that is asked for: a suite for each node, a case for each step. */
async function reported(file: string, flags: Flags, context: Context): Promise<number> {
  if (flags.format !== 'junit') return applyFile(file, flags, context);
  const results: CheckResult[] = [];
  const emit: Emit = (fact) => {
    const result = stepResult(fact);
    if (result) results.push(result);
    context.emit(fact);
  };
  const code = await applyFile(file, flags, { ...context, emit });
  context.print(checkReports.junit({ verb: 'apply', deployment: file, release: '', results }));
  return code;
}

async function applyFile(file: string, flags: Flags, context: Context): Promise<number> {
  const saved = await readPlan(file);
  if (!saved && flags.site)
    throw refusal(file, 'is not a saved plan, and --site goes with one', 'leave --site out');
  if (saved && (flags.node ?? flags.component ?? flags.only))
    throw refusal(
      file,
      'is a plan, and says itself what it is about',
      'leave --node, --component and --only out',
    );
  const confirmed = saved && (await confirmSavedPlan(file, saved, flags, context));
  if (confirmed && !isGiven(confirmed.consent))
    return declineRun({ verb: 'apply', flags, context }, confirmed.named, confirmed.consent);
  const desired = await desiredStateOf(
    confirmed?.named.file ?? file,
    saved?.saved.scope ?? flags,
    context.emit,
  );
  if (saved) assertSameInput(file, saved, desired);
  const { deployment, declared } = desired;
  let before: ByComponent<Generation> = new Map();
  return changeNodes({
    ...{ verb: 'apply', desired, flags, context },
    declare: () => declared,
    async check({ plan, connections, emit }) {
      if (saved) assertUpToDate(file, saved, desired, connections, plan);
      assertUpgrades(deployment, plan, file);
      if (deployment.rollout.onFailure === 'stop') return;
      before = newestOf(await readGenerations(deployment, connections, emit));
    },
    ...(confirmed && { consent: confirmed.consent }),
    question: ({ nodes }) =>
      `Apply this to ${listed(
        '',
        nodes.map(({ name }) => name),
      )}?`,
    async first({ plan, emit, interrupt }) {
      await dumpBefore(deployment, plan, emit, interrupt.stop);
    },
    allowed: (plan) => allowedBy(saved ?? plan),
    async failed(survey, { begun }) {
      if (deployment.rollout.onFailure === 'rollback')
        await rollBackAutomatically(deployment, before, begun, survey);
    },
  });
}

/**
 * The site that a saved plan may be applied with, and who agreed to it. The seal is looked at before anything that the plan
 * names is believed, and no secret is asked for before somebody has named the site file, or agreed to the one that the plan names.
 * Throws InputError where it is the plan of another site, was changed, or nobody agrees.
 */
async function confirmSavedPlan(
  file: string,
  saved: SavedPlan,
  flags: Flags,
  context: Context,
): Promise<{ readonly named: Deployment; readonly consent: Consent }> {
  const named = await loadSite(flags.site ?? saved.saved.site, { secrets: 'placeholder' });
  const salt = await readSalt(named);
  const site = named.file;
  if (salt === undefined || !isSealed(saved, salt))
    throw refusal(
      file,
      `was changed after it was saved, or was not saved here for ${named.name}`,
      `save a plan of your own: oriel plan ${site} --out FILE`,
    );
  if (site !== saved.saved.site)
    throw refusal(
      file,
      `was saved for ${saved.saved.site}, not for ${site}`,
      `save a plan of this one: oriel plan ${site} --out FILE`,
    );
  if (flags.site)
    return { named, consent: { kind: 'consent', question: `Apply ${file}?`, consent: 'saved-plan' } };
  const request = {
    what: 'a saved plan without --site',
    question: `${file} names the site file ${site}, whose secret commands run on this machine. Apply the plan with it?`,
    show: () => planTable(saved, { width: context.width }),
    hint: `name the site file: oriel apply ${file} --site SITE`,
  };
  return { named, consent: await askConsent(request, flags, context) };
}

/** Throws what kept a node from being reached, or InputError where the nodes are not as the plan saw them. */
function assertUpToDate(
  file: string,
  saved: SavedPlan,
  desired: DesiredState,
  connections: Connections,
  plan: Plan,
): void {
  for (const session of connections.values()) if (session instanceof Error) throw session;
  assertSameWork(file, saved, plan, desired);
}
