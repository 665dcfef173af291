import type { State } from '../plan/plan.ts';
import type { AgentCall, Session } from '../session/session.ts';

/** A file that has to reach a node before the calls of a change run. */
export interface Upload {
  /** Absolute path on the controller. */
  readonly source: string;
  /** Path on the node. */
  readonly target: string;
}

/** One part of a change: a call, a file to bring, or work that outlives the link and is found again by its name. */
export type Work =
  | { readonly do: 'call'; readonly call: AgentCall; readonly timeout?: number }
  | { readonly do: 'put'; readonly upload: Upload }
  | {
      readonly do: 'detached';
      readonly call: AgentCall;
      readonly timeout: number;
      readonly success: readonly number[];
    };

/**
 * One kind of thing a node can report and be brought to: twins of pure functions over data. `Wanted` is what a component
 * declares and may hold secrets; `desired` is what a plan may show.
 */
export interface Resource<Wanted> {
  readonly kind: string;
  /** The state to reach, as plain data; what it does not mention is not compared. */
  desired(wanted: Wanted): State;
  /** The calls that observe it, and what their results (in order) mean. */
  observe(wanted: Wanted): readonly AgentCall[];
  read(wanted: Wanted, results: readonly unknown[]): State;
  /** The work that takes `observed` to the desired state; never asked for without a difference. */
  change(wanted: Wanted, observed: State): readonly Work[];
}

/** What a component asks for on a node, before anybody looked. */
export interface Declared<Wanted = unknown> {
  readonly resource: Resource<Wanted>;
  readonly node: string;
  readonly name: string;
  readonly wanted: Wanted;
  /** Ids (`node/kind/name`) of what has to be in place first. */
  readonly needs: readonly string[];
  /** Ids of what, when changed, makes this one be changed too (a service restarts after its files). */
  readonly restartsAfter?: readonly string[];
}

export type { Session };
