import { loadSite } from '../../components/index.ts';
import { rollBackAutomatically } from '../../deploy/automatic-rollback.ts';
import { type ChangeFlags, changeNodes } from '../../deploy/change-nodes.ts';
import type { Context } from '../../deploy/context.ts';
import { type DesiredState, desiredStateOf } from '../../deploy/desired-state.ts';
import { type ByComponent, newestOf, readGenerations } from '../../deploy/rollback/declarations.ts';
import { assertJumps, dumpBefore } from '../../deploy/upgrade.ts';
import type { Emit } from '../../events/events.ts';
import type { Plan, Scope } from '../../plan/model/plan.ts';
import { listed } from '../../plan/model/reason.ts';
import type { Connections } from '../../plan/observe/make-plan.ts';
import { readSalt } from '../../plan/run/state-folder.ts';
import { isSealed, readPlan, refusal, type SavedPlan } from '../../plan/saved/saved-plan.ts';
import { allowedBy, assertSameInput, assertSameWork } from '../../plan/saved/stale-check.ts';
import type { Generation } from '../../resources/generation/resource.ts';
import { scoped } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

type Flags = Scope & ChangeFlags;

const help = `
Needs the package that \`oriel build SITE\` makes. Every step is observed again right before it is changed, so that a second
apply changes nothing and one that was killed can be run again. Facts go to .oriel/NAME/journal.jsonl beside the site file.
Ctrl-C once ends the steps under way and stops; twice stops now.

A plan that \`oriel plan SITE --out FILE\` saved is refused (exit 2) when the site file, the package or the nodes have moved
on since. It only says what may be done: what is done is found anew from the site file.

Examples:
  oriel apply site.yaml                 asks first when somebody sits at the terminal
  oriel apply site.yaml --yes --json    events on standard output, one JSON object a line
  oriel apply change.json               what a saved plan says, or nothing`;

/** `oriel apply`: brings the nodes to what the site file says. */
export const apply: Verb = (program, run) => {
  scoped(program.command('apply'))
    .description('install, configure and start the service; changes only what differs')
    .argument('<site>', 'site file, or a plan saved by `oriel plan SITE --out FILE`')
    .option('--yes', 'do not ask; a saved plan is not asked about')
    .option('--break-lock', 'ask whether to break the lock of another controller')
    .option('--json', 'print events as JSON lines (docs/event.schema.json)')
    .option('--verbose', 'show what installers and migrations on the nodes write to their logs')
    .addHelpText('after', help)
    .action((site: string, flags: Flags) => run((context) => applyFile(site, flags, context)));
};

async function applyFile(file: string, flags: Flags, context: Context): Promise<number> {
  const saved = await readPlan(file);
  if (saved && (flags.node ?? flags.component ?? flags.only))
    throw refusal(
      file,
      'is a plan, and says itself what it is about',
      'leave --node, --component and --only out',
    );
  const desired = saved
    ? await wantedBySaved(file, saved, context.emit)
    : await desiredStateOf(file, flags, context.emit);
  const { deployment, declared } = desired;
  let before: ByComponent<Generation> = new Map();
  return changeNodes({
    ...{ verb: 'apply', desired, flags, context },
    declare: () => declared,
    async check({ plan, connections }) {
      if (saved) assertUpToDate(file, saved, desired, connections, plan);
      assertJumps(deployment, plan, file);
      if (deployment.rollout.onFailure === 'stop') return;
      before = newestOf(await readGenerations(deployment, connections));
    },
    agreed: saved !== undefined,
    question: ({ nodes }) =>
      `Apply this to ${listed(
        '',
        nodes.map(({ name }) => name),
      )}?`,
    async first({ plan, emit, interrupt }) {
      await dumpBefore(deployment, plan, emit, interrupt.stop);
    },
    allowed: (plan) => allowedBy(saved ?? plan),
    async failed(looked, { begun }) {
      if (deployment.rollout.onFailure === 'rollback')
        await rollBackAutomatically(deployment, before, begun, looked);
    },
  });
}

/** What the site of a saved plan wants. The seal is looked at before anything that the plan names is believed or asked for. */
async function wantedBySaved(file: string, saved: SavedPlan, emit: Emit): Promise<DesiredState> {
  const { site } = saved.saved;
  const named = await loadSite(site, { secrets: 'placeholder' });
  const salt = await readSalt(named);
  if (salt === undefined || !isSealed(saved, salt))
    throw refusal(
      file,
      `was changed after it was saved, or was not saved here for ${named.name}`,
      `save a plan of your own: oriel plan ${site} --out FILE`,
    );
  const desired = await desiredStateOf(site, saved.saved.scope, emit);
  assertSameInput(file, saved, desired);
  return desired;
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
