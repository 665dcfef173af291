import { runAction } from './actions/run-action.ts';
import { portOf } from './compose/options.ts';
import { converge } from './converge/converge.ts';
import { startDeadline, unfinished } from './converge/deadline.ts';
import { leave } from './converge/leave.ts';
import { keepNagiosCheck } from './converge/nagios-check.ts';
import { type HookPlace, stateKeys } from './converge/place.ts';
import { publish } from './converge/publish.ts';
import type { Facts } from './gather/facts.ts';
import { gatherFacts } from './gather/gather.ts';
import type { Surroundings } from './relations/handler.ts';
import { shareNodes } from './site/nodes.ts';
import { condition, statusOf } from './status/condition.ts';
import type { HookEvent } from './tools/hook-event.ts';

/**
 * One hook or action, which ends by itself within hookLimits.end (converge/deadline.ts): what is not done by then is taken up by the next one. Gives
 * `over` where something still hangs, so that the program has to be ended. Throws only what is an error of this program.
 */
export async function runHook(event: HookEvent, place: HookPlace): Promise<'done' | 'over'> {
  const { interrupt, over, release } = startDeadline(place.timer);
  try {
    const work = hookWork(event, { ...place, context: { ...place.context, interrupt } });
    const end = await Promise.race([work.then(() => 'done' as const), over]);
    if (end === 'over') await sayUnfinished(event, place);
    return end;
  } finally {
    release();
  }
}

async function sayUnfinished({ action }: HookEvent, { tools }: HookPlace): Promise<void> {
  if (action) return tools.actionFail(`${action} hangs and was ended: run it again`);
  const { status, message } = unfinished;
  await tools.setStatus(status, message);
}

/**
 * Whichever hook it is: gathers what the model says, composes a site, brings the nodes to it, says to others what they need, and
 * sets one status. The same twice changes nothing. An action does its own work in between.
 */
async function hookWork(event: HookEvent, place: HookPlace): Promise<void> {
  const { charm, tools, local } = place;
  const facts = await gatherFacts(event, charm, tools);
  const surroundings = { facts, share: shareNodes(facts, local), port: portOf(facts) };
  if (leaving.has(event.name)) return leaveNodes(facts, place);
  await noticeBuild(facts, place);
  const found = event.action
    ? await runAction(event.action, surroundings, place)
    : await converge(surroundings, place);
  if (!found) return;
  await keepCheck(surroundings, place);
  await publish(surroundings, found.serving, place);
  const { status, message } = statusOf(found.conditions);
  await tools.setStatus(status, message);
}

const leaving: ReadonlySet<string> = new Set(['stop', 'remove']);

async function leaveNodes(facts: Facts, place: HookPlace): Promise<void> {
  const left = await leave(facts, place);
  const { status, message } = left.length > 0 ? statusOf(left) : condition('leaving');
  await place.tools.setStatus(status, message);
}

/** Juju retries a failed hook with new code and never runs upgrade-charm then: so each hook looks which charm it is. */
async function noticeBuild({ state, event }: Facts, { build, tools }: HookPlace): Promise<void> {
  const before = state[stateKeys.build];
  if (before === build && event.name !== 'upgrade-charm') return;
  await tools.log('INFO', `this charm is ${build}${before && before !== build ? `, after ${before}` : ''}`);
  await tools.setState({ [stateKeys.build]: build });
}

/** A monitoring that cannot be told is no reason for a failed hook. */
async function keepCheck(surroundings: Surroundings, { nagios, tools }: HookPlace): Promise<void> {
  if (!nagios) return;
  try {
    await keepNagiosCheck(surroundings, nagios);
  } catch (error) {
    await tools.log('WARNING', `the check of NRPE: ${(error as Error).message}`);
  }
}
