import { balancerOf } from '../balancer/balancer.ts';
import { declareGlanceRemoval, leftBehind, readUpgradeCode } from '../components/glance/removal.ts';
import { glanceNodes } from '../components/glance/resources.ts';
import { loadSite } from '../components/index.ts';
import { SiteError } from '../errors.ts';
import { apply, type Outcome } from '../plan/apply.ts';
import { takeOut } from '../plan/drain.ts';
import type { Emit } from '../plan/events.ts';
import { plan, type Reached } from '../plan/make-plan.ts';
import { withNodeLocks } from '../plan/node-lock.ts';
import { onlyNodes } from '../plan/only-nodes.ts';
import type { Plan } from '../plan/plan.ts';
import { withNodes } from '../plan/reach.ts';
import { withRun } from '../plan/run.ts';
import { openStateFolder } from '../plan/state-folder.ts';
import { json } from '../report/json.ts';
import { planTable } from '../report/plan-table.ts';
import { openSession } from '../session/open.ts';
import type { Deployment, NodeSettings } from '../site/deployment.ts';
import { type Context, each, type Verb, warn } from './command.ts';

interface Flags {
  readonly yes?: true;
  readonly data?: true;
  readonly json?: true;
  readonly node?: readonly string[];
}

const help = `
Takes away the package with its service, the configuration and what is kept to go back to. Images and database are left, and so
are logs and staged uploads unless --data says otherwise; what is left is named. What others made is not touched.

Examples:
  oriel remove site.yaml                  shows what goes, and asks
  oriel remove site.yaml --yes --node glance-2
  oriel remove site.yaml --data           asks once more before logs and staged uploads`;

/** `oriel remove`: takes away from the nodes what apply made, never data. */
export const remove: Verb = (program, run) => {
  program
    .command('remove')
    .description('take away what apply made; images and database are left')
    .argument('<site>', 'site file')
    .option('--yes', 'do not ask')
    .option('--data', 'also logs and staged uploads, never images and database')
    .option('--json', 'print events as JSON lines')
    .option('--node <name>', 'only this node; may be repeated', each)
    .addHelpText('after', help)
    .action((site: string, flags: Flags) => run((context) => removeSite(site, flags, context)));
};

async function removeSite(site: string, flags: Flags, context: Context): Promise<number> {
  const { ask, print } = context;
  if (!flags.yes && !ask)
    throw new SiteError([{ message: 'remove asks first, and nobody is there to answer', hint: 'add --yes' }]);
  const deployment = onlyNodes(await loadSite(site, { secrets: 'placeholder' }), flags.node);
  warn(deployment, context.emit);
  const data = flags.data ? await mayTakeData(flags, deployment, ask) : false;
  const declared = declareGlanceRemoval(deployment, await readUpgradeCode(), data);
  const folder = await openStateFolder(deployment);
  const tell = flags.json ? (event: object) => print(json(event)) : context.emit;
  const outcome = await withRun({ verb: 'remove', deployment, folder, tell }, (emit, interrupt) => {
    const open = (node: NodeSettings) => openSession(node, { emit, signal: interrupt.stop });
    return withNodes(glanceNodes(deployment), open, emit, async (reached) => {
      const made = await plan(deployment, declared, reached, { emit });
      if (!flags.yes && ask) {
        print(planTable(made));
        if (!(await ask(`Remove this from ${deployment.nodes.map(({ name }) => name).join(', ')}?`)))
          return nothing;
      }
      return withNodeLocks({ reached, made, verb: 'remove', lock: folder.lock }, async () => {
        await leaveBalancer(deployment, made, reached, { emit, ...interrupt });
        return apply(declared, reached, { emit, ...interrupt });
      });
    });
  });
  if (!flags.json) print(`Left where they are: ${leftBehind(deployment, data).join('; ')}.`);
  return outcome.failed + outcome.skipped > 0 ? 1 : 0;
}

async function mayTakeData({ yes }: Flags, { nodes }: Deployment, ask: Context['ask']): Promise<boolean> {
  if (yes || !ask) return true;
  const names = nodes.map(({ name }) => name).join(', ');
  return ask(`Logs and staged uploads of ${names} cannot be brought back. Remove them too?`);
}

/** Nodes leave the load balancer before their service goes, and stay out of it until an apply has brought it back. */
async function leaveBalancer(
  { rollout, nodes }: Deployment,
  { steps }: Plan,
  reached: Reached,
  context: { readonly emit: Emit; readonly abort: AbortSignal },
): Promise<void> {
  if (!rollout.drain) return;
  const draining = { balancer: balancerOf(rollout.drain), nodes };
  const names = [...new Set(steps.filter(({ action }) => action !== 'none').map(({ node }) => node))];
  for (const [node, reason] of await takeOut(names, draining, reached, context))
    context.emit({ kind: 'note', level: 'warning', message: `${node}: ${reason}` });
}

const nothing: Outcome = { changed: 0, unchanged: 0, failed: 0, skipped: 0 };
