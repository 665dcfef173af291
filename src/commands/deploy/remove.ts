import type { Command } from 'commander';
import { balancerOf } from '../../balancer/balancer.ts';
import { componentsOf, loadSite } from '../../components/index.ts';
import { type ChangeFlags, changeNodes, type Survey } from '../../deploy/change-nodes.ts';
import { servingNodes } from '../../deploy/compose/nodes.ts';
import { askConsent, isGiven } from '../../deploy/consent.ts';
import type { Context } from '../../deploy/context.ts';
import { declareRemoval, externalGrants } from '../../deploy/removal.ts';
import { warn } from '../../deploy/warn.ts';
import type { Emit } from '../../events/events.ts';
import { ownershipByJournal } from '../../plan/journal/ownership.ts';
import { onlyNodes } from '../../plan/model/only-nodes.ts';
import { drain } from '../../plan/rollout/drain.ts';
import { openStateFolder } from '../../plan/run/state-folder.ts';
import type { Deployment } from '../../site/deployment.ts';
import { each, formatted, siteArgument } from '../command-line/options.ts';
import { recordable, recording } from '../command-line/record.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags extends ChangeFlags {
  readonly data?: true;
  readonly node?: readonly string[];
}

const help = `
Takes away the package with its services and tasks, the configuration and what is kept to go back to; and of what accounts, file
servers and Keystone were given (rights, groups, shares, user, role, service, endpoints) what the journal here says that a run has
made. What users keep there is left (images, databases), and so is what the services wrote on the nodes (logs) unless --data says
otherwise. What is left is named. With --node, Keystone is left alone.

Examples:
  oriel remove site.yaml                          shows what goes, and asks
  oriel remove site.yaml --yes --node node-2      where there is no terminal
  oriel remove site.yaml --data                   asks once more before logs and the like`;

/** `oriel remove`: takes away from nodes and catalogue what apply made, never data. */
export const remove: Verb = (program, run) => {
  formatted(recordable(program.command('remove')))
    .description('take away what apply made; what users keep there is left')
    .addArgument(siteArgument())
    .option('-y, --yes', 'agree without being asked; needed where there is no terminal')
    .option('--break-lock', 'after a question, break the lock of another controller')
    .option('--data', 'also logs and the like, never what users keep there')
    .option('--verbose', 'show what installers on the nodes write to their logs')
    .option('-n, --node <name>', 'only this node; may be repeated', each)
    .addHelpText('after', help)
    .action((site: string, flags: Flags, command: Command) =>
      run((context) => recording(command, context, (within) => removeSite(site, flags, within))),
    );
};

async function removeSite(file: string, flags: Flags, context: Context): Promise<number> {
  const deployment = onlyNodes(await loadToRemove(file), flags.node);
  warn(deployment, context.emit);
  const names = deployment.nodes.map(({ name }) => name).join(', ');
  const folder = await openStateFolder(deployment);
  const given = externalGrants(deployment, flags.node === undefined);
  const ownership = await ownershipByJournal(folder.journal, given);
  let left: readonly string[] = [];
  return changeNodes({
    ...{ verb: 'remove', desired: { deployment, folder, declared: given }, flags, context },
    async declare(connections, emit) {
      const data = flags.data ? await mayTakeData(deployment, flags, context, emit) : false;
      const removal = await declareRemoval(deployment, given, { ...ownership, data }, connections);
      left = removal.left;
      return removal.declared;
    },
    check: (survey) =>
      survey.emit({ kind: 'note', level: 'info', message: `stays where it is: ${left.join('; ')}` }),
    question: () => `Remove this from ${names}?`,
    first: (survey) => leaveBalancer(deployment, survey),
    // All at once: none has to serve for another. What cannot be removed keeps nothing else from going.
    rollout: {
      rollout: {
        ...deployment.rollout,
        ...{ serial: Math.max(1, deployment.nodes.length), canary: false, settle: 0 },
        maxFailures: Number.POSITIVE_INFINITY,
      },
    },
  });
}

/** Secrets are asked for only where Keystone is: its administrator has to get in. */
async function loadToRemove(file: string): Promise<Deployment> {
  const site = await loadSite(file, { secrets: 'placeholder' });
  return componentsOf(site).some(({ endpoints }) => endpoints && endpoints(site).length > 0)
    ? loadSite(file)
    : site;
}

/** Where nobody can be asked, the removal itself is refused: whether there is anything to remove is seen first. */
async function mayTakeData(
  deployment: Deployment,
  flags: Flags,
  context: Context,
  emit: Emit,
): Promise<boolean> {
  if (!flags.yes && !context.ask) return true;
  const names = deployment.nodes.map(({ name }) => name).join(', ');
  const lost = componentsOf(deployment).flatMap(({ remove: { data } }) => data ?? []);
  const what = (lost.length > 0 ? lost : ['data']).join(', ').replace(/^./, (first) => first.toUpperCase());
  const question = `${what} of ${names} cannot be brought back. Remove them too?`;
  const consent = await askConsent({ what: 'remove --data', question }, flags, context);
  emit(consent);
  return isGiven(consent);
}

/** Nodes leave the load balancer before their service goes, and stay out of it until an apply has brought it back. */
async function leaveBalancer(
  deployment: Deployment,
  { plan, connections, emit, interrupt }: Survey,
): Promise<void> {
  const { rollout, nodes } = deployment;
  if (!rollout.drain) return;
  const draining = { balancer: balancerOf(rollout.drain), nodes };
  const changing = plan.steps.filter(({ action }) => action !== 'none').map(({ node }) => node);
  const serving = servingNodes(deployment).map(({ name }) => name);
  const names = serving.filter((name) => changing.includes(name));
  for (const [node, reason] of await drain(names, draining, connections, { emit, ...interrupt }))
    emit({ kind: 'note', level: 'warning', message: `${node}: ${reason}` });
}
