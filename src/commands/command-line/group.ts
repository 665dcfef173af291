import type { Command } from 'commander';
import { InternalError } from '../../errors.ts';

/** The command that verbs stand below: `charm`. Throws InternalError where no verb before has added it. */
export function groupOf(program: Command, name: string): Command {
  const group = program.commands.find((command) => command.name() === name);
  if (!group) throw new InternalError(`the verb ${name} has to be there before those below it`);
  return group;
}
