import { balancerOf } from '../balancer/balancer.ts';
import { glanceNodes } from '../components/glance/resources.ts';
import { loadSite } from '../components/index.ts';
import { ResourceError, SiteError } from '../errors.ts';
import { allowedBy, assertSameInput, assertSameWork } from '../plan/agree.ts';
import type { Outcome } from '../plan/apply.ts';
import type { Emit } from '../plan/events.ts';
import type { Gate } from '../plan/gate.ts';
import type { BreakLock } from '../plan/lock-owner.ts';
import { plan, type Reached } from '../plan/make-plan.ts';
import { withNodeLocks } from '../plan/node-lock.ts';
import { withOutlook } from '../plan/outlook.ts';
import type { Plan, Scope } from '../plan/plan.ts';
import { withNodes } from '../plan/reach.ts';
import { listed } from '../plan/reason.ts';
import { recall } from '../plan/recall.ts';
import { type RolloutOptions, rollOut } from '../plan/rollout.ts';
import { withRun } from '../plan/run.ts';
import { isSealed, readPlan, refusal, type SavedPlan } from '../plan/saved-plan.ts';
import { readSalt } from '../plan/state-folder.ts';
import { json } from '../report/json.ts';
import { planTable } from '../report/plan-table.ts';
import { openSession } from '../session/open.ts';
import type { Deployment, NodeSettings } from '../site/deployment.ts';
import { verify } from '../verify/verify.ts';
import {
  type Context,
  identityOf,
  imageTargets,
  scoped,
  type Verb,
  type Wanted,
  wantedOf,
} from './command.ts';

interface Flags extends Scope {
  readonly yes?: true;
  readonly breakLock?: true;
  readonly json?: true;
  readonly verbose?: true;
}

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
  const wanted = saved
    ? await wantedBySaved(file, saved, context.emit)
    : await wantedOf(file, flags, context.emit);
  const { deployment, folder, declared } = wanted;
  const tell = flags.json ? (event: object) => context.print(json(event)) : context.emit;
  // With --json standard output is for events alone, so the plan that is asked about goes to standard error.
  const aside = (message: string): void => context.emit({ kind: 'note', level: 'info', message });
  const asking = { ...context, print: flags.json ? aside : context.print };
  const breakLock = flags.breakLock && lockBreaker(context);
  const outcome = await withRun({ verb: 'apply', deployment, folder, tell, breakLock }, (emit, interrupt) => {
    const open = (node: NodeSettings) => openSession(node, { emit, signal: interrupt.stop });
    return withNodes(glanceNodes(deployment), open, emit, async (reached) => {
      const made = await plan(deployment, declared, reached, { emit, signal: interrupt.abort });
      if (saved) assertUpToDate(file, saved, wanted, reached, made);
      else if (context.ask && !flags.yes && !(await agreed(made, folder.journal, asking))) return nothing;
      return withNodeLocks({ reached, made, verb: 'apply', lock: folder.lock, breakLock }, () =>
        rollOut(declared, reached, made, {
          emit,
          ...interrupt,
          rollout: deployment.rollout,
          ...(deployment.rollout.health.gate && { gate: uploadGate(deployment) }),
          ...drainingOf(deployment),
          allowed: allowedBy(saved ?? made),
          verbose: flags.verbose ?? false,
        }),
      );
    });
  });
  return outcome.failed + outcome.skipped > 0 ? 1 : 0;
}

/** Throws SiteError where nobody can be asked. */
function lockBreaker({ ask }: Context): BreakLock {
  if (ask) return ask;
  throw new SiteError([{ message: '--break-lock asks first, and nobody is there to answer' }]);
}

const nothing: Outcome = { changed: 0, unchanged: 0, failed: 0, skipped: 0 };

/** What the site of a saved plan wants. The seal is looked at before anything that the plan names is believed or asked for. */
async function wantedBySaved(file: string, saved: SavedPlan, emit: Emit): Promise<Wanted> {
  const { site } = saved.saved;
  const named = await loadSite(site, { secrets: 'placeholder' });
  const salt = await readSalt(named);
  if (salt === undefined || !isSealed(saved, salt))
    throw refusal(
      file,
      `was changed after it was saved, or was not saved here for ${named.name}`,
      `save a plan of your own: oriel plan ${site} --out FILE`,
    );
  const wanted = await wantedOf(site, saved.saved.scope, emit);
  assertSameInput(file, saved, wanted);
  return wanted;
}

/** Throws what kept a node from being reached, or SiteError where the nodes are not as the plan saw them. */
function assertUpToDate(file: string, saved: SavedPlan, wanted: Wanted, reached: Reached, made: Plan): void {
  for (const session of reached.values()) if (session instanceof Error) throw session;
  assertSameWork(file, saved, made, wanted);
}

/** Shows the plan and asks; what needs no change needs no answer. */
async function agreed(made: Plan, journal: string, { ask, print }: Context): Promise<boolean> {
  if (!ask || made.steps.every(({ action }) => action === 'none')) return true;
  print(planTable(withOutlook(made, await recall(journal))));
  const names = made.nodes.map(({ name }) => name);
  return ask(`Apply this to ${listed('', names)}?`);
}

/** The load balancer that nodes leave while they are changed, where the site file names one. */
function drainingOf({ rollout, nodes }: Deployment): Pick<RolloutOptions, 'draining'> {
  return rollout.drain ? { draining: { balancer: balancerOf(rollout.drain), nodes } } : {};
}

/** Stores an image through one node, reads it back through the same one, and deletes it. */
function uploadGate(deployment: Deployment): Gate {
  return async (node, emit, signal) => {
    try {
      const results = await verify({
        targets: imageTargets(deployment).filter((target) => target.node === node),
        identity: await identityOf(deployment, signal),
        bytes: deployment.rollout.health.upload,
        emit,
        signal,
      });
      const bad = results.find(({ ok }) => !ok);
      return bad && `${bad.check}: ${bad.message}`;
    } catch (error) {
      if (error instanceof ResourceError) return `${error.resource}: ${error.message}`;
      throw error;
    }
  };
}
