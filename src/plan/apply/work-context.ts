import type { Activity } from '../../events/activity.ts';
import type { Connection } from '../../session/session.ts';
import type { Clock } from './clock.ts';

/** All that doing a piece of work takes beside the work itself. */
export interface WorkContext {
  readonly session: Connection;
  readonly activity: Activity;
  readonly clock: Clock;
  /** Given up at once when aborted. */
  readonly signal: AbortSignal;
  /** Told what the operator has to know although the work went well. */
  readonly warn: (message: string) => void;
  /** Told the lines of logs on the node as they come, where somebody wants to see them. */
  readonly log?: (line: string) => void;
}
