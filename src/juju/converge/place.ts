import type { Charm } from '../../charm/model/charm.ts';
import type { Context } from '../../deploy/context.ts';
import type { CharmNode } from '../site/nodes.ts';
import type { HookTools } from '../tools/hook-tools.ts';
import type { Timer } from './deadline.ts';
import type { Nagios } from './nagios-check.ts';

/** Where a hook runs. */
export interface HookPlace {
  readonly charm: Charm;
  readonly tools: HookTools;
  /** Absolute path of the folder that this unit keeps: the composed site, its package and its journal. */
  readonly folder: string;
  /** The machine of a native charm. */
  readonly local: CharmNode;
  readonly context: Pick<Context, 'emit' | 'sessions' | 'open' | 'interrupt'>;
  /** Says which charm this is, so that the first hook of another one is known. */
  readonly build: string;
  /** Absent: no NRPE of this machine is ours to tell. */
  readonly nagios?: Nagios;
  /** Counts the time of a hook; default: the clock. */
  readonly timer?: Timer;
}

/** Keys of what a unit keeps with the controller. */
export const stateKeys = {
  /** Why hooks leave the nodes alone: `paused`, `drained`, `rolled back`. */
  held: 'held',
  /** The release that the nodes have. */
  release: 'release',
  build: 'build',
  /** The nodes have, or had, what makes them serve. */
  serving: 'serving',
} as const;
