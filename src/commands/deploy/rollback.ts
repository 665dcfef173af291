import type { Command } from 'commander';
import { loadSite } from '../../components/index.ts';
import { type ChangeFlags, changeNodes } from '../../deploy/change-nodes.ts';
import { nodesOf, servingNodes } from '../../deploy/compose/nodes.ts';
import type { Context } from '../../deploy/context.ts';
import { desiredStateOf } from '../../deploy/desired-state.ts';
import { rollbackQuestion, runToUndo } from '../../deploy/rollback/choose-generation.ts';
import { chooseTargets } from '../../deploy/rollback/choose-targets.ts';
import {
  type ByComponent,
  declareRollback,
  nodesIn,
  readGenerations,
} from '../../deploy/rollback/declarations.ts';
import { surveySite } from '../../deploy/survey.ts';
import { warn } from '../../deploy/warn.ts';
import { InputError } from '../../errors.ts';
import { type ChangingRun, changingRuns } from '../../plan/journal/changing-runs.ts';
import { onlyNodes } from '../../plan/model/only-nodes.ts';
import type { Plan } from '../../plan/model/plan.ts';
import { listed } from '../../plan/model/reason.ts';
import { openStateFolder } from '../../plan/run/state-folder.ts';
import { oneLine } from '../../report/visible.ts';
import type { Generation } from '../../resources/generation/resource.ts';
import { masked } from '../../secret.ts';
import type { Release } from '../../site/deployment.ts';
import { releaseLine } from '../../site/load/release-line.ts';
import { each, formatted, siteArgument } from '../command-line/options.ts';
import { recordable, recording } from '../command-line/record.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags extends ChangeFlags {
  readonly node?: readonly string[];
  readonly to?: string;
}

const help = `
Each node keeps the last three packages and configurations that it served well with. Without --to, what the last run changed goes
back to what it was before; rolling back once more takes that back. The schema of the database stays as it is: older releases
run on it until \`oriel upgrade --contract\`, and then a rollback to them is refused.

When all nodes go back to another release, the release in the site file is set back too, so that a plan compares with it.

Examples:
  oriel rollback site.yaml                    undoes the last run that changed nodes; shows what changes, and asks
  oriel rollback site.yaml --yes              where there is no terminal
  oriel rollback site.yaml --to 26.1.0        to a version, a release (2023.1), or to what was there after a run
  oriel rollback site.yaml --node node-2      only this node`;

/** `oriel rollback`: returns nodes to a package and configuration that they served well with. */
export const rollback: Verb = (program, run) => {
  formatted(recordable(program.command('rollback')))
    .description('go back to the package and configuration that the nodes had before')
    .addArgument(siteArgument())
    .option(
      '--to <what>',
      'a version, a release, or the run after which it was so; default: before the last run',
    )
    .option('-n, --node <name>', 'only this node; may be repeated', each)
    .option('-y, --yes', 'agree without being asked; needed where there is no terminal')
    .option('--break-lock', 'after a question, break the lock of another controller')
    .option('--verbose', 'show what installers on the nodes write to their logs')
    .addHelpText('after', help)
    .action((site: string, flags: Flags, command: Command) =>
      run((context) => recording(command, context, (within) => rollBack(site, flags, within))),
    );
};

async function rollBack(file: string, flags: Flags, context: Context): Promise<number> {
  const site = await loadSite(file);
  const deployment = onlyNodes(site, flags.node);
  warn(deployment, context.emit);
  const folder = await openStateFolder(deployment);
  let targets: ByComponent<Generation> = new Map();
  let undone: ChangingRun | undefined;
  let release = deployment.release;
  let write: ((release: Release) => Promise<void>) | undefined;
  const code = await changeNodes({
    ...{ verb: 'rollback', desired: { deployment, folder }, flags, context },
    async declare(connections, emit) {
      const kept = await readGenerations(deployment, connections, emit);
      targets = await chooseTargets(deployment, kept, folder.journal, flags.to);
      if (flags.to === undefined) undone = await runUndone(folder.journal, targets);
      release =
        releaseOfAll(
          targets,
          servingNodes(deployment).map(({ name }) => name),
        ) ?? deployment.release;
      for (const [component, generations] of targets) {
        const names = nodesOf(component, deployment).map(({ name }) => name);
        for (const older of new Set([...generations.values()].map((one) => one.release)))
          await component.upgrade?.assertFits?.(older, names, connections, emit);
      }
      return declareRollback(deployment, targets, connections, { salt: folder.salt, emit });
    },
    async check() {
      if (release !== deployment.release && !flags.node) write = await releaseLine(file);
    },
    question: (plan) => rollbackQuestion(versionsOf(plan, targets), listed('', nodesIn(targets)), undone),
    beside: () => (write ? [`${file}: release becomes ${release}`] : []),
    first: async () => write?.(release),
  });
  if (code === 0 && !flags.json) await reportDifference(file, context);
  return code;
}

/** The latest of the runs that are taken back; each component has its own. */
async function runUndone(
  journal: string,
  targets: ByComponent<Generation>,
): Promise<ChangingRun | undefined> {
  const runs = await Promise.all([...targets.keys()].map(({ name }) => changingRuns(journal, name)));
  const last = runs.flatMap((own) => runToUndo(own) ?? []);
  return last.sort((one, other) => (one.time < other.time ? -1 : 1)).at(-1);
}

/** The release that all nodes have after this; undefined where they have several. */
function releaseOfAll(targets: ByComponent<Generation>, names: readonly string[]): Release | undefined {
  const releases = [...targets].flatMap(([, generations]) =>
    names.map((node) => generations.get(node)?.release),
  );
  const [first, ...others] = new Set(releases);
  return others.length === 0 ? first : undefined;
}

function versionsOf({ steps }: Plan, targets: ByComponent<Generation>): string {
  const products = new Set([...targets.keys()].map((component) => component.package.name));
  const versions = steps
    .filter(({ kind, name }) => kind === 'package' && products.has(name))
    .map(({ desired }) => String(desired.version));
  return [...new Set(versions)].join(', ');
}

/** Whether the site file now says what the nodes have, or what is to be done about it. */
async function reportDifference(file: string, context: Context): Promise<void> {
  try {
    const desired = await desiredStateOf(file, {}, () => {});
    const { plan } = await surveySite(desired, context);
    const pending = plan.steps.filter(({ action }) => action !== 'none').length;
    context.print(
      pending === 0
        ? `The site file (release ${desired.site.release}) says what the nodes have: a plan is empty.`
        : `The site file says otherwise in ${pending} steps: change it before the next apply (oriel plan ${file}).`,
    );
  } catch (error) {
    if (!(error instanceof InputError) && (error as Error).name !== 'BuildError') throw error;
    const reason = oneLine(masked((error as Error).message));
    context.print(`Whether the site file says what the nodes have is not known: ${reason}`);
  }
}
