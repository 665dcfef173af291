import { desiredGlance } from '../components/glance/desired.ts';
import { glanceNodes } from '../components/glance/resources.ts';
import { loadSite } from '../components/index.ts';
import { apply as applyDeclared, type Outcome } from '../plan/apply.ts';
import type { Emit } from '../plan/events.ts';
import { plan, type Reached } from '../plan/make-plan.ts';
import { onlyNodes } from '../plan/only-nodes.ts';
import { withNodes } from '../plan/reach.ts';
import { withRun } from '../plan/run.ts';
import { openStateFolder } from '../plan/state-folder.ts';
import { planTable } from '../report/plan-table.ts';
import type { Declared } from '../resources/resource.ts';
import { openSession } from '../session/open.ts';
import type { Deployment } from '../site/deployment.ts';
import { type Context, each, type Verb, warn } from './command.ts';

interface Flags {
  readonly yes?: true;
  readonly json?: true;
  readonly node?: readonly string[];
}

const help = `
Needs the package that \`oriel build SITE\` makes. Every step is observed again right before it is changed, so that a second
apply changes nothing and one that was killed can be run again. Facts go to .oriel/NAME/journal.jsonl beside the site file.
Ctrl-C once ends the steps under way and stops; twice stops now.

Examples:
  oriel apply site.yaml                 asks first when somebody sits at the terminal
  oriel apply site.yaml --yes --json    events on standard output, one JSON object a line`;

/** `oriel apply`: brings the nodes to what the site file says. */
export const apply: Verb = (program, run) => {
  program
    .command('apply')
    .description('install, configure and start the service; changes only what differs')
    .argument('<site>', 'site file')
    .option('--yes', 'do not ask')
    .option('--json', 'print events as JSON lines')
    .option('--node <name>', 'only this node; may be repeated', each)
    .addHelpText('after', help)
    .action((site: string, flags: Flags) => run((context) => applySite(site, flags, context)));
};

async function applySite(site: string, flags: Flags, context: Context): Promise<number> {
  const deployment = onlyNodes(await loadSite(site), flags.node);
  warn(deployment, context.emit);
  const folder = await openStateFolder(deployment);
  const declared = await desiredGlance(deployment, folder.salt);
  const tell = flags.json ? (event: object) => context.print(JSON.stringify(event)) : context.emit;
  const outcome = await withRun({ verb: 'apply', deployment, folder, tell }, (emit, interrupt) => {
    const open = (node: Deployment['nodes'][number]) => openSession(node, { emit, signal: interrupt.stop });
    return withNodes(glanceNodes(deployment), open, emit, async (reached) => {
      if (context.ask && !flags.yes && !(await agreed(deployment, declared, reached, emit, context)))
        return nothing;
      return applyDeclared(declared, reached, { emit, ...interrupt });
    });
  });
  return outcome.failed + outcome.skipped > 0 ? 1 : 0;
}

const nothing: Outcome = { changed: 0, unchanged: 0, failed: 0, skipped: 0 };

/** Shows the plan and asks; what needs no change needs no answer. */
async function agreed(
  deployment: Deployment,
  declared: readonly Declared[],
  reached: Reached,
  emit: Emit,
  { ask, print }: Context,
): Promise<boolean> {
  const made = await plan(deployment, declared, reached, { emit });
  if (!ask || made.steps.every(({ action }) => action === 'none')) return true;
  print(planTable(made));
  return ask(`Apply this to ${deployment.nodes.map(({ name }) => name).join(', ')}?`);
}
