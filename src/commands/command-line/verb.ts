import type { Command } from 'commander';
import type { Context } from '../../deploy/context.ts';

/**
 * One file per verb exports one of these. `register` adds the verb with its help and an example to the program;
 * the action returns the exit code (0 ok, 1 failed, 3 changes pending, 130 interrupted) and throws what errors.ts names.
 */
export type Verb = (
  program: Command,
  run: (action: (context: Context) => Promise<number>) => Promise<void>,
) => void;
