import type { Action, Change, Plain, State } from '../resources/model/state.ts';
import type { RunResult, StepAction, StepResult, Verdict } from './status.ts';

interface EventBase {
  /** ISO 8601, UTC, milliseconds. */
  readonly time: string;
  readonly run: string;
}

/** One fact about what happened. The journal is Events written; a report is Events read. */
export type Event = EventBase &
  (
    | {
        readonly kind: 'run-started';
        readonly verb: string;
        readonly deployment: string;
        readonly release: string;
        /** `user@host`. */
        readonly who?: string;
      }
    | {
        /** What was asked before something was changed. */
        readonly kind: 'consent';
        readonly question: string;
        /** `terminal`: somebody there said yes; `yes`: `--yes` did; `saved-plan`: it was read and saved before. */
        readonly consent: 'terminal' | 'yes' | 'saved-plan' | 'declined';
      }
    | {
        readonly kind: 'run-finished';
        readonly verb: string;
        /** Whether the exit code is 0. */
        readonly ok: boolean;
        /** Absent in journals of an older version: see `resultOf`. */
        readonly result?: RunResult;
        readonly seconds: number;
        readonly changed: number;
        readonly unchanged: number;
        readonly failed: number;
        readonly skipped: number;
      }
    | {
        readonly kind: 'node-connected';
        readonly node: string;
        readonly platform: string;
        readonly powershell: string;
      }
    | {
        readonly kind: 'node-failed';
        readonly node: string;
        readonly message: string;
        readonly remedy?: string;
      }
    | {
        readonly kind: 'step-started';
        readonly step: string;
        readonly node: string;
        readonly action: Action;
        readonly changes: readonly Change[];
        /** All that is wanted of it, so that a later look can tell what was changed on the node. */
        readonly desired?: State;
        /** Which thing it is, where the name of the step does not say. */
        readonly identity?: State;
      }
    | {
        readonly kind: 'step-progress';
        readonly step: string;
        readonly node: string;
        readonly message: string;
        /** Bytes, where some are moved, and how many a second. */
        readonly done?: number;
        readonly total?: number;
        readonly rate?: number;
        /** Which of the steps of its node in this batch it is, from 1, and how many these are. */
        readonly number?: number;
        readonly of?: number;
      }
    | {
        /** A line that a program of the step wrote to its log on the node. */
        readonly kind: 'step-log';
        readonly step: string;
        readonly node: string;
        readonly line: string;
      }
    | {
        readonly kind: 'step-finished';
        readonly step: string;
        readonly node: string;
        readonly result: StepResult;
        /** Of `changed`, since this version. */
        readonly action?: StepAction;
        readonly seconds: number;
        readonly reason: string;
        readonly remedy?: string;
      }
    | {
        readonly kind: 'check-finished';
        /** `clock/answers`: the component and what it tries, without the node. */
        readonly check: string;
        readonly node: string;
        /** What is tried, in a few words. */
        readonly title?: string;
        readonly verdict: Verdict;
        /** When it began; ISO 8601, UTC, milliseconds. */
        readonly started?: string;
        readonly seconds: number;
        /** Of `skip` the reason. */
        readonly message: string;
        /** What was measured. */
        readonly evidence: { readonly [name: string]: Plain };
        /** What a known error in the message stands for. */
        readonly cause?: string;
        readonly remedy?: string;
      }
    | {
        readonly kind: 'build-progress';
        readonly stage: string;
        readonly message: string;
        readonly done?: number;
        readonly total?: number;
      }
    | {
        readonly kind: 'artifact-made';
        readonly name: string;
        readonly path: string;
        readonly sha256: string;
        readonly bytes: number;
        readonly unchanged: boolean;
      }
    | {
        readonly kind: 'note';
        readonly level: 'info' | 'warning';
        readonly message: string;
        /** Nodes that a rollout did not come to. */
        readonly untouched?: readonly string[];
      }
  );

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An event before the journal gave it its time and run. */
export type Fact = DistributiveOmit<Event, 'time' | 'run'>;
/** Kinds that are only for who watches: many, and worth nothing afterwards. No journal has them. */
export const passing = [
  'step-progress',
  'step-log',
  'build-progress',
] as const satisfies readonly Event['kind'][];

export type Emit = (fact: Fact) => void;
