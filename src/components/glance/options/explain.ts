import {
  backendGroup,
  type Catalogue,
  type Option,
  type OptionName,
  readChanges,
  shownName,
} from './catalogue.ts';
import { since } from './history.ts';
import { described } from './value.ts';
import { restrictionOf } from './windows.ts';

/** One option with what its history and oriel's own rules say of it. */
export interface ExplainedOption extends Option {
  /** The first series that has it. */
  readonly since: string;
  /** Why a site cannot set it (or not to every value), and what to do instead. */
  readonly restriction?: string;
}

export function explain(option: Option): ExplainedOption {
  const restriction = restrictionOf(option);
  return {
    ...option,
    since: since(option, readChanges()),
    ...(restriction && {
      restriction: [restriction.because, restriction.instead].filter(Boolean).join('; '),
    }),
  };
}

/** The options that a person means by `workers`, `database.connection` or the name of a group. */
export function optionsNamed(catalogue: Catalogue, name: string): readonly Option[] {
  const ofGroup = catalogue.options.filter(({ group }) => group === name);
  if (ofGroup.length > 0) return ofGroup;
  return catalogue.options.filter(
    (option) => option.name === name || `${option.group}.${option.name}` === name,
  );
}

/** `database.connection` as a group and a name, `workers` as one of DEFAULT. */
export function nameOf(text: string): OptionName {
  const [, group, name] = /^(.+)\.([^.]+)$/.exec(text) ?? [];
  return group && name ? { group, name } : { group: 'DEFAULT', name: text };
}

/** A table of options, one group after the other: name, type, default. */
export function optionTable(options: readonly Option[]): string {
  const widest = Math.max(...options.map(({ name }) => name.length));
  const groups = [...new Set(options.map(({ group }) => group))];
  return groups
    .map((group) => {
      const rows = options
        .filter((option) => option.group === group)
        .map((option) => `  ${option.name.padEnd(widest)}  ${option.type.padEnd(11)}  ${defaultOf(option)}`);
      return [heading(group), ...rows].join('\n');
    })
    .join('\n\n');
}

const heading = (group: string): string =>
  group === backendGroup ? `[${group}]  (every store, by its name)` : `[${group}]`;

/** All there is to say of one option, a fact on each line. */
export function explanation(option: ExplainedOption): string {
  const facts: readonly (readonly [string, string | undefined])[] = [
    [
      'type',
      `${described(option)}${option.bounds ? ', written in brackets' : ''}${option.secret ? ', secret' : ''}`,
    ],
    ['default', defaultOf(option)],
    ['choices', option.choices?.map((choice) => choice || '""').join(', ')],
    ['since', option.since],
    ['old names', option.deprecatedNames?.map(shownName).join(', ')],
    ['deprecated', option.deprecatedForRemoval ? (option.deprecatedSince ?? 'yes') : undefined],
    [
      'read by',
      option.listedOnly ? 'nothing: Glance lists it and never reads it' : option.programs.join(', '),
    ],
    ['stores', option.stores?.join(', ')],
    ['plugin', option.plugin && `only with auth_type = ${option.plugin}`],
    ['in a site', option.restriction],
  ];
  const lines = facts.filter(([, text]) => text).map(([name, text]) => `  ${name.padEnd(11)} ${text}`);
  return [shownName(option), ...lines].join('\n');
}

function defaultOf({ default: value, defaultNote }: Option): string {
  if (defaultNote) return `(${defaultNote})`;
  if (value === null) return '(none)';
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
}
