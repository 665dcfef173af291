import { componentsOf } from '../../components/index.ts';
import { changeNodes } from '../../deploy/change-nodes.ts';
import type { Context } from '../../deploy/context.ts';
import { type DesiredState, desiredStateOf } from '../../deploy/desired-state.ts';
import { assertUpgrades, dumpBefore } from '../../deploy/upgrade.ts';
import {
  InputError,
  InterruptedError,
  interruptedCode,
  isFailure,
  isSystemError,
  LockError,
  SessionError,
} from '../../errors.ts';
import type { Fact } from '../../events/events.ts';
import { placeOf } from '../../report/error.ts';
import { masked } from '../../secret.ts';
import { belowRoot } from '../../windows-root.ts';
import { type Condition, condition } from '../status/condition.ts';
import { unfinished } from './deadline.ts';

type Environment = Readonly<Record<string, string>>;

/**
 * Plans and applies a composed site, as `oriel apply` does. Gives what is in the way, and nothing where all nodes are as they are
 * wanted. Throws only what is an error of this program.
 */
export async function bringUp(
  file: string,
  env: Environment,
  context: Context,
): Promise<readonly Condition[]> {
  const facts: Fact[] = [];
  const listening: Context = {
    ...context,
    emit(fact) {
      facts.push(fact);
      context.emit(fact);
    },
  };
  try {
    const desired = await desiredStateOf(file, {}, context.emit, { env });
    const code = await changed(desired, listening);
    if (code === interruptedCode) return [unfinished];
    return code === 0 ? [] : failures(facts);
  } catch (error) {
    return [conditionOf(error)];
  }
}

function changed(desired: DesiredState, context: Context): Promise<number> {
  const { deployment, declared } = desired;
  return changeNodes({
    ...{ verb: 'apply', desired, flags: { yes: true }, context },
    declare: () => declared,
    check({ plan }) {
      if (componentsOf(deployment).some(({ upgrade }) => upgrade))
        assertUpgrades(deployment, plan, deployment.file);
    },
    question: () => 'Bring the nodes to what the model says?',
    async first({ plan, emit, interrupt }) {
      await dumpBefore(deployment, plan, emit, interrupt.stop);
    },
  });
}

/** The first thing that failed on each node: what follows from it says nothing new. */
function failures(facts: readonly Fact[]): readonly Condition[] {
  const found = new Map<string, Condition>();
  for (const fact of facts) {
    if (fact.kind === 'node-failed' && !found.has(fact.node))
      found.set(fact.node, ofNode(fact.node, fact.message));
    if (fact.kind === 'step-finished' && fact.result === 'failed' && !found.has(fact.node))
      found.set(fact.node, condition('step-failed', fact));
  }
  return found.size > 0
    ? [...found.values()]
    : [condition('failed', { problem: 'the nodes are not as they are wanted: see juju debug-log' })];
}

/** Wrong passwords and keys need somebody; a node that does not answer may be back for the next hook. */
function ofNode(node: string, message: string): Condition {
  const needsSomebody = /host key|authenticat|password|refused|permission|denied/i.test(message);
  const problem = message.startsWith(node) ? message : `${node}: ${message}`;
  const id = needsSomebody && !/connection refused/i.test(message) ? 'node-refuses' : 'node-silent';
  return condition(id, { problem });
}

/** What a run has left undone that takes `what` from nodes, by its exit code. */
export function notDone(code: number, what: string): readonly Condition[] {
  if (code === 0) return [];
  return [code === interruptedCode ? unfinished : condition('left', { what })];
}

/** What an error says in a status line. Throws what is an error of this program itself. */
export function conditionOf(error: unknown): Condition {
  if (error instanceof InputError) {
    const [first] = error.problems;
    const problem = masked([first?.path, first?.message].filter(Boolean).join(': '));
    return condition('site-invalid', { problem });
  }
  if (error instanceof InterruptedError) return unfinished;
  if (error instanceof LockError) return condition('locked', { problem: error.message });
  if (error instanceof SessionError) return ofNode(error.node, masked(error.message));
  if (isFailure(error)) return condition('failed', { problem: masked(`${placeOf(error)}${error.message}`) });
  // A full disk of the unit, say: the next hook tries again, and one that failed would be tried for ever.
  if (isSystemError(error)) return condition('failed', { problem: masked(error.message) });
  throw error;
}

/** What failed and what to do, for where there is room for both. Throws what is an error of this program itself. */
export function failureText(error: unknown): string {
  const { message } = conditionOf(error);
  const advice = adviceOf(error);
  return advice === undefined ? message : `${message} (${masked(advice)})`;
}

/** A flag, which only a command line has. */
const flag = /(^|[\s(`])--[a-z]/;
const onUnit = 'see to it on the unit, by juju ssh, and run the action again';

/** What to do, as far as it can be done from Juju. */
function adviceOf(error: unknown): string | undefined {
  if (error instanceof LockError)
    return `wait for its end and run the action again; of a machine that is gone for good, remove ${belowRoot('lock')} on the node`;
  const advice =
    error instanceof InputError ? error.problems[0]?.hint : (error as { readonly remedy?: string }).remedy;
  return advice !== undefined && flag.test(advice) ? onUnit : advice;
}
