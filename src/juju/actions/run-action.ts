import type { Fact } from '../../events/events.ts';
import { maskedFact } from '../../events/masked.ts';
import { onlyNodes } from '../../plan/model/only-nodes.ts';
import { describeFact } from '../../report/words.ts';
import { failureText } from '../converge/bring-up.ts';
import { type Converged, heldRelease, missingOf } from '../converge/converge.ts';
import type { HookPlace } from '../converge/place.ts';
import { type PreparedSite, prepareSite } from '../converge/prepare-site.ts';
import type { Surroundings } from '../relations/handler.ts';
import { mayGoOn, statusOf } from '../status/condition.ts';
import { type ActionContext, ActionRefusal, flattened } from './action.ts';
import { actions } from './index.ts';

/** Facts that are told while an action runs; `juju show-task` shows them. */
const told: ReadonlySet<Fact['kind']> = new Set(['node-failed', 'step-finished', 'check-finished', 'note']);

/**
 * Runs an action: progress by `action-log`, results as data, a failure with what to do. Gives how the unit is afterwards; undefined where it
 * is as before. Throws only what is an error of this program.
 */
export async function runAction(
  name: string,
  surroundings: Surroundings,
  place: HookPlace,
): Promise<Converged | undefined> {
  const { tools } = place;
  let said: Promise<unknown> = Promise.resolve();
  const log = (text: string): void => {
    said = said.then(() => tools.actionLog(text));
  };
  const emit = (fact: Fact): void => {
    place.context.emit(fact);
    const idle = fact.kind === 'step-finished' && fact.result === 'unchanged';
    if (told.has(fact.kind) && !idle) log(describeFact(maskedFact(fact)).text);
  };
  const within = { ...place, context: { ...place.context, emit } };
  const parameters = await tools.actionParameters();
  const site = (): Promise<PreparedSite> => chosenSite(surroundings, within, parameters);
  try {
    const action = actions[name];
    if (!action) throw new ActionRefusal(`this charm has no action ${name}`);
    const { results, failed, converged } = await action({
      surroundings,
      place: within,
      parameters,
      site,
      log,
    });
    await said;
    await tools.actionSet(flattened(results));
    if (failed !== undefined) await tools.actionFail(failed);
    return converged;
  } catch (error) {
    await said;
    await tools.actionFail(error instanceof ActionRefusal ? error.message : failureText(error));
    return undefined;
  }
}

/** The site of the unit with the nodes of the parameter `nodes` alone. */
async function chosenSite(
  surroundings: Surroundings,
  place: HookPlace,
  parameters: ActionContext['parameters'],
): Promise<PreparedSite> {
  const { facts, share } = surroundings;
  const missing = missingOf(surroundings);
  if (!mayGoOn(missing)) throw new ActionRefusal(statusOf(missing).message);
  if (share.own.length === 0)
    throw new ActionRefusal(`${facts.event.unit} has no nodes: run the action on the unit that has them`);
  const prepared = await prepareSite(surroundings, place, heldRelease(facts));
  if (prepared.lacking.length > 0) throw new ActionRefusal(statusOf(prepared.lacking).message);
  const names = String(parameters.nodes ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((name) => name.toLowerCase());
  return { ...prepared, deployment: onlyNodes(prepared.deployment, names) };
}
