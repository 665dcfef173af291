import { desiredGlance } from '../components/glance/desired.ts';
import { glanceNodes } from '../components/glance/resources.ts';
import { loadSite } from '../components/index.ts';
import { plan as makePlan } from '../plan/make-plan.ts';
import { onlyNodes } from '../plan/only-nodes.ts';
import type { Plan } from '../plan/plan.ts';
import { withNodes } from '../plan/reach.ts';
import { openStateFolder } from '../plan/state-folder.ts';
import { planTable } from '../report/plan-table.ts';
import { openSession } from '../session/open.ts';
import { type Context, each, oneOf, type Verb, warn } from './command.ts';

interface Flags {
  readonly format: 'table' | 'json';
  readonly check?: true;
  readonly node?: readonly string[];
}

const help = `
Marks: + create   ~ update   - remove   > run   ? decided on the way   = as wanted   ! cannot be observed

Examples:
  oriel plan site.yaml                      what apply would change, and why; nothing is touched
  oriel plan site.yaml --check              the same for CI: exit 3 when changes are pending
  oriel plan site.yaml --format json --node glance-1`;

/** `oriel plan`: looks at every node and says what would change. */
export const plan: Verb = (program, run) => {
  program
    .command('plan')
    .description('show what apply would change, and why')
    .argument('<site>', 'site file')
    .addOption(oneOf('--format <format>', 'how to print it', ['table', 'json'], 'table'))
    .option('--check', 'exit 3 when changes are pending')
    .option('--node <name>', 'only this node; may be repeated', each)
    .addHelpText('after', help)
    .action((site: string, flags: Flags) => run((context) => planSite(site, flags, context)));
};

async function planSite(site: string, flags: Flags, context: Context): Promise<number> {
  const { print, emit } = context;
  const deployment = onlyNodes(await loadSite(site), flags.node);
  warn(deployment, emit);
  const { salt } = await openStateFolder(deployment);
  const declared = await desiredGlance(deployment, salt);
  const made = await withNodes(
    glanceNodes(deployment),
    (node) => openSession(node, { emit }),
    emit,
    (reached) => makePlan(deployment, declared, reached, { emit }),
  );
  print(flags.format === 'json' ? JSON.stringify(made, null, 2) : planTable(made));
  return exitCode(made, flags.check ?? false);
}

function exitCode({ nodes, steps }: Plan, check: boolean): number {
  if (nodes.some(({ error }) => error !== undefined) || steps.some(({ error }) => error)) return 1;
  return check && steps.some(({ action }) => action !== 'none') ? 3 : 0;
}
