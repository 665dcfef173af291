import { type Command, InvalidArgumentError, Option } from 'commander';

/** An option that takes one of a few words; another one is refused with the list. */
export function oneOf(
  flags: string,
  description: string,
  words: readonly string[],
  standard: string,
): Option {
  return new Option(flags, description).choices(words).default(standard);
}

/** Gathers the values of an option that may be repeated. */
export function each(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** A number of things, one at least. */
export function wholeNumber(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number, 1 or more.');
}

/** The options that say which part of a site a verb is about; their values make a Scope. */
export function scoped(command: Command): Command {
  return command
    .option('--node <name>', 'only this node; may be repeated', each)
    .option(
      '--component <name>',
      'only the steps of this component and what they wait for; may be repeated',
      each,
    )
    .option(
      '--only <steps>',
      'only these steps and what they wait for: a kind, kind/name, component/kind/name or node/component/kind/name, with *; may be repeated',
      each,
    );
}
