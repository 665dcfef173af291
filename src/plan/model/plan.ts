import type { Disturbs } from '../../resources/model/resource.ts';
import type { Action, Change, State } from '../../resources/model/state.ts';

/** A Resource bound to a node. Steps of one node are in order; `needs` names steps (by id) of any node. */
export interface Step {
  /** `node-1/clock/package/oriel-clock`: node, component, kind, name. */
  readonly id: string;
  readonly node: string;
  /** Whose it is: a component of the site, or `windows` and `storage` for what no component owns alone. */
  readonly component: string;
  readonly kind: string;
  readonly name: string;
  readonly desired: State;
  /** Null: not observed, because it depends on an earlier step that has yet to change something. */
  readonly observed: State | null;
  readonly action: Action;
  readonly changes: readonly Change[];
  readonly reason: string;
  readonly needs: readonly string[];
  /** Steps that have to have ended well first, though this one's state does not depend on them. */
  readonly after?: readonly string[];
  /** Steps that change before it and that it restarts after, whatever it is like itself. */
  readonly restarts?: readonly string[];
  /** How far a change of it may reach beside what it says: to what comes after it of its component, or on its node. */
  readonly disturbs?: Disturbs;
  /** The same as lines of text: a unified diff with secrets hidden, where that was asked for. */
  readonly diff?: string;
  /** Why it could not be observed; `action` is `unknown` then. */
  readonly error?: { readonly message: string; readonly remedy?: string };
  /** The run that had brought it to what is wanted: whatever differs was changed on the node since. For people. */
  readonly since?: {
    readonly run: string;
    readonly verb: string;
    readonly time: string;
    readonly who?: string;
    /** When it was last written, where the node knows. */
    readonly modified?: string;
    /** The change itself, where an event log of the node has it. */
    readonly trace?: { readonly time: string; readonly who?: string };
  };
}

/** What the service of a node goes through. */
export interface Interruption {
  readonly node: string;
  readonly service: string;
  /** `install`: it was not there; `start`: it is away already; `remove`: it does not come back. */
  readonly effect: 'install' | 'replace' | 'restart' | 'start' | 'remove';
  /** How long it will be away, an estimate; null where nothing is known. */
  readonly seconds: number | null;
  /** Number of earlier times that the estimate is made from. */
  readonly runs: number;
}

export interface Plan {
  readonly version: 2;
  readonly deployment: string;
  readonly release: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly nodes: readonly { readonly name: string; readonly platform: string; readonly error?: string }[];
  readonly steps: readonly Step[];
  readonly interruptions?: readonly Interruption[];
  /** There in a plan that was written down to be applied later. */
  readonly saved?: SavedInput;
}

/** The part of a deployment that is looked at; all of it where nothing is said. */
export interface Scope {
  /** Names of nodes. */
  readonly node?: readonly string[] | undefined;
  /** Names of components. */
  readonly component?: readonly string[] | undefined;
  /** Patterns of steps (only-steps.ts). */
  readonly only?: readonly string[] | undefined;
}

/** What a plan was made from, as HMAC-SHA256 in hex under keys that never leave the controller. */
export interface SavedInput {
  /** Absolute path of the site file. */
  readonly site: string;
  readonly scope: Scope;
  readonly digests: PlanDigests;
  /** Over everything else in the plan. */
  readonly seal: string;
}

/** Of what the site says, of the packages to install, and of every call that the changes ask for. */
export interface PlanDigests {
  readonly site: string;
  readonly artifacts: string;
  readonly work: string;
}
