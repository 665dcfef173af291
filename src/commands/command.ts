import type { Command } from 'commander';
import type { Emit } from '../plan/events.ts';

/** What cli.ts hands to every verb: where results and events go. Only cli.ts and report/ know the terminal. */
export interface Context {
  /** The result of the verb, for standard output. */
  readonly print: (text: string) => void;
  /** Facts on the way, for standard error. */
  readonly emit: Emit;
  readonly interactive: boolean;
}

/**
 * One file per verb exports one of these. `register` adds the verb with its help and an example to the program;
 * the action returns the exit code (0 ok, 1 failed, 3 changes pending) and throws what errors.ts names.
 */
export type Verb = (
  program: Command,
  run: (action: (context: Context) => Promise<number>) => Promise<void>,
) => void;
