import type { Activity } from '../events/activity.ts';
import type { Fact } from '../events/events.ts';
import type { Verdict } from '../events/status.ts';
import type { State } from '../resources/model/state.ts';
import type { AgentCall, Session } from '../session/session.ts';
import type { Ask } from './questions.ts';

/** One thing to find out about a running service, as data: what is tried, why, after what, and what to do when it fails. */
export interface Check {
  /** `n1/clock/answers`: node, component, name, which may have several parts. */
  readonly id: string;
  /** Who it is about: a node, or a service that is none. */
  readonly node: string;
  /** What is tried, in a few words: `ask the service`. */
  readonly title: string;
  /** What it is worth knowing for, in a sentence. */
  readonly why: string;
  /** What to do when it fails, where its finding does not say more. */
  readonly remedy?: string;
  /** Ids of checks without which this one makes no sense. */
  readonly needs: readonly string[];
  /** It may run beside others that say so: it loads nothing that they measure. */
  readonly concurrent?: true;
  /** It makes something on a node or at a service, if only for a while: not for who promises to change nothing. */
  readonly writes?: true;
  /** It takes away what others have made, and so runs also where somebody interrupts. */
  readonly cleansUp?: true;
  /** What it asks its node first, where others may ask the same: the node is asked once, for the properties that all want. */
  readonly asks?: readonly AgentCall[];
  /** Throws the errors of services, sessions and resources: then it fails. */
  readonly run: (context: CheckContext) => Promise<CheckOutcome>;
}

export interface CheckContext {
  /** Throws SessionError where the node is not reached. */
  readonly session: (node: string) => Session;
  /** What a check that this one needs has measured. */
  readonly evidence: (id: string) => State;
  /** Asks a node, and asks the same only once in a run: for what does not change meanwhile. Throws SessionError, CallError. */
  readonly ask: Ask;
  readonly activity: Activity;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/** What a check has found. */
export interface CheckOutcome {
  readonly verdict: Verdict;
  /** Of `skip` the reason. */
  readonly message: string;
  /** What was measured. */
  readonly evidence?: State;
  /** Why it is so, where that is known; else what a known error in the message stands for. */
  readonly cause?: string;
  readonly remedy?: string;
}

export type CheckResult = Extract<Fact, { kind: 'check-finished' }>;

/** The id of a check of a component. */
export function checkId(node: string, component: string, ...name: readonly string[]): string {
  return [node, component, ...name].join('/');
}

/** An id without its node: what events and reports call the check. */
export function checkName({ id, node }: Pick<Check, 'id' | 'node'>): string {
  return id.slice(node.length + 1);
}

/** It is as it should be. */
export function pass(message: string, evidence: State = {}): CheckOutcome {
  return { verdict: 'pass', message, evidence };
}

/** It is not; `remedy` in place of that of the check. */
export function fail(message: string, remedy?: string): CheckOutcome {
  return { verdict: 'fail', message, ...(remedy !== undefined && { remedy }) };
}

/** It cannot be tried, and that is no failure. */
export function skip(reason: string): CheckOutcome {
  return { verdict: 'skip', message: reason };
}
