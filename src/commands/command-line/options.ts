import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { defaultSite } from './paths.ts';

/** An option that takes one of a few words; another one is refused with the list. */
export function oneOf(
  flags: string,
  description: string,
  words: readonly string[],
  standard: string,
): Option {
  return new Option(flags, description).choices(words).default(standard);
}

/** The site file that a verb is about: the one of the working directory where none is named. */
export function siteArgument(description = 'site file'): Argument {
  return new Argument('[site]', `${description}; default: ${defaultSite}`).default(defaultSite, defaultSite);
}

/**
 * Gives a verb `--format` with the words that it knows, the first one its default, and `--json` as the short form of one of them.
 * Its flags then have both `format` and, where that is `json`, `json`. `table`, the word of earlier versions, is `human`.
 */
export function formatted(command: Command, words: readonly string[] = ['human', 'json']): Command {
  const known = (word: string): string => {
    const format = word === 'table' ? 'human' : word;
    if (words.includes(format)) return format;
    throw new InvalidArgumentError(`Allowed choices are ${words.join(', ')}.`);
  };
  return command
    .addOption(
      new Option('-o, --format <format>', 'how to print it')
        .choices(words)
        .argParser(known)
        .default(words[0]),
    )
    .option('--json', 'short for --format json')
    .hook('preAction', (_, action) => {
      const { format, json } = action.opts();
      if (json && format !== 'json' && action.getOptionValueSource('format') === 'cli')
        action.error(`error: option '--json' cannot be used with option '--format ${format}'`);
      if (json) action.setOptionValue('format', 'json');
      else if (format === 'json') action.setOptionValue('json', true);
    });
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
    .option('-n, --node <name>', 'only this node; may be repeated', each)
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
