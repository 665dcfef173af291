import type { AgentCall } from '../session/session.ts';
import type { ClusterState, Place } from './cluster-state.ts';
import type { DrillRecord } from './record.ts';

/** What a scenario does to a cluster, chosen from how that is. */
export interface Target {
  /** What is moved, stopped or drained, in a few words: `the volume Cluster Virtual Disk (Volume1)`. */
  readonly what: string;
  /** The node that has it, and that is left. */
  readonly from: string;
  /** Where it goes; absent where the cluster decides. */
  readonly to?: string;
  readonly action: AgentCall;
  /** Done on `from` itself: to stop a service of another node needs a second login, which a session does not have. */
  readonly onItself?: true;
  /** What is to be as it was again. */
  readonly before: Pick<DrillRecord, 'node' | 'groups' | 'volumes' | 'client'>;
}

/** One way in which something of a cluster goes elsewhere, as data and pure functions. */
export interface Scenario {
  readonly name: string;
  /** `STO-41`: what it is called in reports. */
  readonly check: string;
  readonly title: string;
  readonly why: string;
  /** It takes more than an agreement. */
  readonly disruptive?: true;
  /** It is done to a throw-away share without continuous availability, and has to fail there. */
  readonly control?: true;
  /** Looks, a second apart, within which what is expected has to be so. */
  readonly looks: number;
  /** What it is done to, or why there is nothing. */
  readonly target: (state: ClusterState, place: Place) => Target | string;
  /** What is not yet as expected, in words; nothing where all is. */
  readonly missing: (state: ClusterState, target: Target) => string | undefined;
}
