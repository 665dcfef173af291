import type { Command } from 'commander';
import { loadSite, releases } from '../../components/index.ts';
import { type ChangeFlags, changeNodes, type Survey } from '../../deploy/change-nodes.ts';
import type { Context } from '../../deploy/context.ts';
import { contractSchema } from '../../deploy/contract.ts';
import { desiredStateOf } from '../../deploy/desired-state.ts';
import { rollBackAutomatically } from '../../deploy/rollback/automatic-rollback.ts';
import {
  type ByComponent,
  newestOf,
  type RollbackComponent,
  readGenerations,
} from '../../deploy/rollback/declarations.ts';
import { assertFits, assertUpgrades, dumpBefore, upgrading } from '../../deploy/upgrade.ts';
import { InputError, ResourceError } from '../../errors.ts';
import type { Plan } from '../../plan/model/plan.ts';
import { listed } from '../../plan/model/reason.ts';
import type { Generation } from '../../resources/generation/resource.ts';
import type { Deployment, Release } from '../../site/deployment.ts';
import { releaseLine } from '../../site/load/release-line.ts';
import { formatted, siteArgument } from '../command-line/options.ts';
import { recordable, recording } from '../command-line/record.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags extends ChangeFlags {
  readonly to?: string;
  readonly contract?: true;
}

const help = `
The release in the site file is the truth. \`upgrade --to\` sets it, that word alone, once the plan is agreed to, and then does what
\`apply\` does. Before that it checks that each node can go there in one step, that it keeps what it has now to go back to, and that
the database is not newer; and it saves the database (by the program that the site file names). The package has to be built: say
\`oriel build SITE --release SERIES\`.

The database is left so that the old release still runs on it: \`oriel rollback\` goes back. When you no longer need that, \`--contract\` removes
what only the old release needs.

Examples:
  oriel upgrade site.yaml --to 2024.1             shows what changes, and asks
  oriel upgrade site.yaml --to 2024.1 --yes       where there is no terminal
  oriel rollback site.yaml                        if it was no good
  oriel upgrade site.yaml --contract              if it was; asks as well`;

/** `oriel upgrade`: brings the nodes to another release, one after another. */
export const upgrade: Verb = (program, run) => {
  formatted(recordable(program.command('upgrade')))
    .description('bring the nodes to a newer release of OpenStack, and the site file with them')
    .addArgument(siteArgument())
    .option('--to <series>', `the release: ${releases.join(', ')}; default: the one in the site file`)
    .option('--contract', 'end an upgrade: takes away from the database what only older releases need')
    .option('-y, --yes', 'agree without being asked; needed where there is no terminal')
    .option('--break-lock', 'after a question, break the lock of another controller')
    .option('--verbose', 'show what installers and migrations on the nodes write to their logs')
    .addHelpText('after', help)
    .action((site: string, flags: Flags, command: Command) =>
      run((context) => recording(command, context, (within) => upgradeSite(site, flags, within))),
    );
};

async function upgradeSite(file: string, flags: Flags, context: Context): Promise<number> {
  if (flags.contract && flags.to)
    throw new InputError([
      { message: '--contract ends an upgrade, --to begins one', hint: 'use one of them' },
    ]);
  if (flags.contract)
    return contractSchema(await desiredStateOf(file, {}, context.emit), file, flags, context);
  const from = (await loadSite(file, { secrets: 'placeholder' })).release;
  const to = releaseNamed(flags.to ?? from);
  assertLater(file, from, to);
  const write = to === from ? undefined : await releaseLine(file);
  const desired = await desiredStateOf(file, {}, context.emit, { release: to });
  const { deployment, declared } = desired;
  let before: ByComponent<Generation> = new Map();
  let begun = false;
  const code = await changeNodes({
    ...{ verb: 'upgrade', desired, flags, context },
    declare: () => declared,
    async check(survey) {
      assertReached(survey, deployment.rollout.maxFailures);
      assertUpgrades(deployment, survey.plan, file);
      await assertFits(deployment, survey.plan, survey.connections, survey.emit);
      before = await keptOfAll(deployment, survey);
    },
    question: ({ nodes }) =>
      `Upgrade ${listed(
        '',
        nodes.map(({ name }) => name),
      )} to ${to}?`,
    beside: () => (write ? [`${file}: release becomes ${to}`] : []),
    async first({ plan, emit, interrupt }) {
      begun = true;
      await dumpBefore(deployment, plan, emit, interrupt.stop);
      await write?.(to);
    },
    async failed(survey, rollout) {
      if (deployment.rollout.onFailure !== 'rollback') return;
      if (await rollBackAutomatically(deployment, before, rollout.begun, survey)) await write?.(from);
    },
  });
  if (code === 0 && begun && !flags.json)
    context.print(`The nodes have ${to}.${furtherWays(deployment, file)}`);
  return code;
}

/** What can be done next, as far as the components of the site know it. */
function furtherWays(deployment: Deployment, file: string): string {
  const own = upgrading(deployment);
  const back = own.some(({ component }) => component.rollback) && `oriel rollback ${file} goes back`;
  const end =
    own.some(({ upgrade: { contract } }) => contract) && `to end that: oriel upgrade ${file} --contract`;
  const ways = [back, end].filter((way) => way !== false);
  return ways.length > 0 ? ` ${ways.join('; ')}` : '';
}

/** Throws what kept nodes from being reached where that ends the rollout before it begins: then the site file stays as it is too. */
function assertReached({ connections }: Survey, maxFailures: number): void {
  const errors = [...connections.values()].filter((session) => session instanceof Error);
  if (errors.length > maxFailures) throw errors[0];
}

function assertLater(file: string, from: Release, to: Release): void {
  if (releases.indexOf(to) >= releases.indexOf(from)) return;
  const message = `${file} has ${from}, which is newer than ${to}`;
  const hint = `an upgrade goes to a later release; to go back: oriel rollback ${file}`;
  throw new InputError([{ message, hint }]);
}

function releaseNamed(text: string): Release {
  const found = releases.find((one) => one === text);
  if (found) return found;
  throw new InputError([{ message: `--to ${text}: must be one of ${releases.join(', ')}` }]);
}

/** What each node that gets another release goes back to. Throws ResourceError where one keeps nothing of what it has now. */
async function keptOfAll(
  deployment: Deployment,
  { plan, connections }: Survey,
): Promise<ByComponent<Generation>> {
  const kept = await readGenerations(deployment, connections);
  for (const [component, nodes] of kept) {
    const changes = component.upgrade?.changes(plan) ?? new Map<string, Release>();
    for (const [node, [newest]] of nodes) {
      const release = changes.get(node);
      if (release === undefined || newest?.productCode === productOf(component, node, plan)) continue;
      throw new ResourceError(
        node,
        `generation/${component.name}`,
        `it keeps nothing of ${release}, which it has now: an upgrade could not be taken back`,
        'apply the site file with the release of now first: a healthy node keeps what it has',
      );
    }
  }
  return newestOf(kept);
}

function productOf({ name, package: product }: RollbackComponent, node: string, { steps }: Plan): unknown {
  const own = steps.find(
    (step) =>
      step.node === node && step.component === name && step.kind === 'package' && step.name === product.name,
  );
  return own?.observed?.productCode;
}
