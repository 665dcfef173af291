import { join } from 'node:path';
import type { Charm } from '../charm/model/charm.ts';
import { loadSite } from '../components/index.ts';
import type { Context } from '../deploy/context.ts';
import { bringUp, conditionOf } from './bring-up.ts';
import { clusterConditions } from './cluster.ts';
import { composeSite, missingRelations, secretEnvironment, writeSite } from './compose/compose-site.ts';
import { portOf } from './compose/options.ts';
import { type Facts, textOption } from './gather/facts.ts';
import { gatherFacts } from './gather/gather.ts';
import { componentNamed, takePackage } from './package.ts';
import { publish } from './publish.ts';
import type { Surroundings } from './relations/handler.ts';
import { type CharmNode, shareNodes } from './site/nodes.ts';
import type { SitePart } from './site/site-part.ts';
import { type Condition, mayGoOn, statusOf } from './status/condition.ts';
import type { HookEvent } from './tools/hook-event.ts';
import type { HookTools } from './tools/hook-tools.ts';
import { withdraw } from './withdraw.ts';

/** Keys of what a unit keeps with the controller. */
export const pausedKey = 'paused';
export const releaseKey = 'release';
export const buildKey = 'build';
const servingKey = 'serving';

const paused: Condition = { status: 'maintenance', message: 'paused: run the action resume' };
const standby: Condition = { status: 'active', message: 'standby: other units have the nodes' };

/** Where a hook runs. */
export interface HookPlace {
  readonly charm: Charm;
  readonly tools: HookTools;
  /** Absolute path of the folder that this unit keeps: the composed site, its package and its journal. */
  readonly folder: string;
  /** The machine of a native charm. */
  readonly local: CharmNode;
  readonly context: Pick<Context, 'emit' | 'sessions' | 'open'>;
  /** Says which charm this is, so that the first hook of another one is known. */
  readonly build: string;
}

/**
 * One hook, whichever it is: gathers what the model says, composes a site, brings the nodes to it, says to others what they need, and
 * sets one status. The same twice changes nothing. Throws only what is an error of this program.
 */
export async function runHook(event: HookEvent, place: HookPlace): Promise<void> {
  const { charm, tools, local } = place;
  const facts = await gatherFacts(event, charm, tools);
  const surroundings = { facts, share: shareNodes(facts, local), port: portOf(facts) };
  await noticeBuild(facts, place);
  const { conditions, serving } = await converge(surroundings, place);
  await publish(surroundings, serving, place);
  const { status, message } = statusOf(conditions);
  await tools.setStatus(status, message);
}

/** Juju retries a failed hook with new code and never runs upgrade-charm then: so each hook looks which charm it is. */
async function noticeBuild({ state, event }: Facts, { build, tools }: HookPlace): Promise<void> {
  if (state[buildKey] === build && event.name !== 'upgrade-charm') return;
  await tools.log('INFO', `this charm is ${build}${state[buildKey] ? `, after ${state[buildKey]}` : ''}`);
  await tools.setState({ [buildKey]: build });
}

interface Converged {
  readonly conditions: readonly Condition[];
  readonly serving: boolean;
}

async function converge(surroundings: Surroundings, place: HookPlace): Promise<Converged> {
  const { facts, share } = surroundings;
  const { part, conditions } = composeSite(surroundings);
  const missing = [...conditions, ...clusterConditions(surroundings)];
  if (!mayGoOn(missing))
    return { conditions: [...missing, ...(await withdrawn(facts, place))], serving: false };
  if (facts.state[pausedKey]) return { conditions: [paused], serving: false };
  if (share.own.length === 0) return { conditions: [standby], serving: true };
  try {
    const failed = await bringUpSite(part, surroundings, place);
    return { conditions: failed, serving: failed.length === 0 };
  } catch (error) {
    return { conditions: [conditionOf(error)], serving: false };
  }
}

/** What was deployed with a relation that is gone does not go on with its credentials. */
async function withdrawn(facts: Facts, { folder, tools, context }: HookPlace): Promise<readonly Condition[]> {
  if (!facts.state[servingKey] || missingRelations(facts).length === 0) return [];
  const site = join(folder, 'site', 'site.yaml');
  const failed = await withdraw(site, { ...context, print: () => {}, interactive: false });
  if (failed.length === 0) await tools.deleteState(servingKey);
  return failed;
}

async function bringUpSite(
  part: Required<SitePart>,
  { facts }: Surroundings,
  { folder, tools, context }: HookPlace,
): Promise<readonly Condition[]> {
  const env = secretEnvironment(part.secrets);
  const release = heldRelease(facts);
  const site = release === undefined ? part.site : { ...part.site, release };
  const file = await writeSite({ ...part, site }, join(folder, 'site'));
  const deployment = await loadSite(file, { env });
  const lacking = await takePackage(facts, componentNamed(facts.charm.component), deployment, tools.resource);
  if (lacking.length > 0) return lacking;
  const failed = await bringUp(file, env, { ...context, print: () => {}, interactive: false });
  if (failed.length > 0) return failed;
  await tools.setVersion(deployment.release);
  await tools.setState({ [releaseKey]: deployment.release, [servingKey]: 'yes' });
  return release === undefined
    ? []
    : [{ status: 'active', message: 'ready; the action openstack-upgrade is due' }];
}

/** The release that stays until somebody runs the action. */
function heldRelease(facts: Facts): string | undefined {
  const has = facts.state[releaseKey];
  if (!facts.config['action-managed-upgrade'] || has === undefined) return undefined;
  return has === textOption(facts, 'openstack-version') ? undefined : has;
}
