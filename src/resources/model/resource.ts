import type { AgentCall, Session } from '../../session/session.ts';
import type { State } from './state.ts';
import { stepId } from './step-id.ts';

/** A file that has to reach a node before the calls of a change run. */
export interface Upload {
  /** Absolute path on the controller. */
  readonly source: string;
  /** Path on the node. */
  readonly target: string;
}

/** What every part of a change carries: words for the person who waits, and where the node writes down why it failed. */
interface WorkDescription {
  /** `installs oriel-clock 1.0.0`. */
  readonly description: string;
  /** Path on the node of a log whose end explains a failure. */
  readonly log?: string;
}

/** One part of a change: a call, a file to bring, or work that outlives the link and is found again by its name. */
export type Work = WorkDescription &
  (
    | { readonly do: 'call'; readonly call: AgentCall }
    | { readonly do: 'put'; readonly upload: Upload }
    | {
        /** The node goes down and comes back. */
        readonly do: 'restart';
        /** The boot that it leaves: when that was, ISO 8601, and when its first process started. */
        readonly before: { readonly booted: string; readonly boot?: string };
        /** Seconds until it has to be back. */
        readonly wait: number;
      }
    | {
        readonly do: 'detached';
        /** The same for the same work on the same artifact, so that a later run finds it instead of starting another. */
        readonly name: string;
        readonly file: string;
        readonly arguments: readonly string[];
        /** Seconds to wait for its end, tries included. */
        readonly timeout: number;
        readonly success: readonly number[];
        /** Exit codes that say "not now": started again until the time is over. */
        readonly retry?: readonly number[];
      }
  );

/** Asks the event logs of Windows for events of one number that name something. */
export interface EventQuery {
  readonly log: 'System' | 'Application' | 'Security';
  readonly provider: string;
  readonly event: number;
  /** One of the data of the event. */
  readonly text: string;
}

/** In place of a state: why the results of observing mean nothing, and what to do about it. */
export interface UnreadableState {
  readonly unreadable: string;
  readonly remedy?: string;
}

/** How far a change may reach beside what it says: to what comes after it of its component, or on its node. */
export type Disturbs = 'component' | 'node';

/** What is known of a failed change: the program's exit code, if one ran, and the end of its log. */
export interface Failure {
  readonly exitCode?: number;
  readonly message: string;
  /** The node was restarted and cannot be reached since. */
  readonly away?: true;
  readonly log: readonly string[];
}

export interface Explanation {
  readonly cause: string;
  readonly remedy?: string;
}

/**
 * One kind of thing a node can report and be brought to: twins of pure functions over data. `Spec` is what a component
 * declares and may hold secrets; `desired` is what a plan may show.
 *
 * A state has `exists` where the thing can be absent: it is what makes a difference a creation or a removal.
 */
export interface Resource<Spec> {
  readonly kind: string;
  /** `run`: a change is something done (a migration), not something set. `check`: it is observed and never changed. */
  readonly does?: 'run' | 'check';
  /** What was done where something came to be, or a `run` ran, if `created` and `changed` are not the words for it. */
  readonly done?: 'installed' | 'restarted';
  /** Where a change may change more than it says, as an installer that takes an old version away may take more along. */
  readonly disturbs?: Disturbs;
  /** Why there is something to do, by the property that differs, where its values say nothing to a person. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** Which thing it is, where the name of the step does not say: so that a removal knows what a run has made. */
  identity?(spec: Spec): State;
  /** The state to reach, as plain data; what it does not mention is not compared. */
  desired(spec: Spec): State;
  /** The calls that observe it, and what their results (in order) mean. */
  observe(spec: Spec): readonly AgentCall[];
  read(spec: Spec, results: readonly unknown[]): State | UnreadableState;
  /** The work that takes `observed` to the desired state; never asked for without a difference. */
  change(spec: Spec, observed: State): readonly Work[];
  /** Names of the detached work that its changes may leave on the node, where a run is ended in their middle. */
  runs?(spec: Spec): readonly string[];
  /** Where Windows may have written down who changed it by hand. */
  auditQueries?(spec: Spec): readonly EventQuery[];
  /** Seconds that the desired state may take to show after a change, or, of a check, before it counts as failed. */
  settle?(spec: Spec): number;
  /** What a failure of the change means and what to do, where exit code or log tell. */
  explain?(spec: Spec, failure: Failure): Explanation;
}

/** What a component asks for on a node, before anybody looked. Declared after everything it names. */
export interface Declaration<Spec = unknown> {
  readonly resource: Resource<Spec>;
  readonly node: string;
  /** Whose it is: a component of the site, or `windows` and `storage` for what no component owns alone. */
  readonly component: string;
  readonly name: string;
  readonly spec: Spec;
  /** Ids (`node/component/kind/name`) of what has to be in place first, and without which its state means nothing. */
  readonly needs: readonly string[];
  /** Ids of what has to have ended well first, though its state does not depend on it (one node after the other). */
  readonly after?: readonly string[];
  /** Ids of what, when changed, makes this one be changed too (a service restarts after its files). */
  readonly restartsAfter?: readonly string[];
  /** How far a change of it may reach, where that is not what its kind says. */
  readonly disturbs?: Disturbs;
}

/** The id of what is declared: `node-1/clock/package/oriel-clock`. */
export function idOf({ node, component, resource: { kind }, name }: Declaration): string {
  return stepId({ node, component, kind, name });
}

/** Binds a resource to what is wanted of it, and forgets the type of the latter: a plan treats all kinds alike. */
export function declare<Spec>(declared: Declaration<Spec>): Declaration {
  return declared as Declaration;
}

/** The same thing, as not to be there; of kinds that have `ensure`. */
export function absentOf(declared: Declaration): Declaration {
  const { resource, node, component, name, spec } = declared;
  return { resource, node, component, name, needs: [], spec: { ...(spec as object), ensure: 'absent' } };
}

export type { Session };
