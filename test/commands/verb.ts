import { Command } from 'commander';
import type { Verb } from '../../src/commands/command-line/verb.ts';
import type { Context } from '../../src/deploy/context.ts';
import type { Fact } from '../../src/events/events.ts';

export interface Outcome {
  readonly code: number;
  readonly printed: string;
  readonly facts: readonly Fact[];
}

/** Runs one verb as cli.ts would, with what it prints kept; nobody sits at the terminal without `ask`. Throws what the verb throws. */
export async function runVerb(verb: Verb, argv: readonly string[], ask?: Context['ask']): Promise<Outcome> {
  const program = new Command('oriel').exitOverride().configureOutput({ writeErr: () => {} });
  const printed: string[] = [];
  const facts: Fact[] = [];
  let code = 0;
  verb(program, async (action) => {
    code = await action({
      print: (text) => void printed.push(text),
      emit: (fact) => void facts.push(fact),
      interactive: ask !== undefined,
      ...(ask && { ask }),
    });
  });
  await program.parseAsync(argv, { from: 'user' });
  return { code, printed: printed.join('\n'), facts };
}
