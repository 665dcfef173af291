import { type ConfigPlace, configError } from './config-line.ts';

/** What stands for `%h` and the like, by its letter (ssh_config(5), TOKENS). */
export type Tokens = Readonly<Record<string, string>>;

/** A value with its tokens filled in; throws InputError for a token that is none of these. */
export function percentExpanded(place: ConfigPlace, value: string, tokens: Tokens): string {
  return value.replace(/%(.?)/gs, (_, letter: string) => {
    const filled = letter === '%' ? '%' : tokens[letter];
    if (filled === undefined) throw configError(place, `\`%${letter}\` cannot be filled in here`);
    return filled;
  });
}

/** A value with `${NAME}` filled in from the environment; throws InputError for a variable that is not set. */
export function environmentExpanded(place: ConfigPlace, value: string): string {
  return value.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const filled = process.env[name];
    if (filled === undefined) throw configError(place, `the environment has no ${name}`);
    return filled;
  });
}
