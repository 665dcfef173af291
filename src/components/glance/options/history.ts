import {
  type Catalogue,
  type Option,
  type OptionName,
  readChanges,
  type SeriesChange,
  sameName,
} from './catalogue.ts';

/** What became of a name that a release does not know. */
export type OptionChange =
  | { readonly kind: 'renamed'; readonly to: OptionName; readonly since: string; readonly accepted: boolean }
  | { readonly kind: 'removed'; readonly since: string }
  | { readonly kind: 'later'; readonly since: string };

/** The first series that has an option; what the oldest catalogue holds came `with stein or earlier`. */
export function since(option: OptionName, changes: readonly SeriesChange[] = readChanges()): string {
  const change = changes.findLast(({ added, renamed }) =>
    [...added, ...renamed.map(({ to }) => to)].some((name) => sameName(name, option)),
  );
  return change?.to ?? `${changes[0]?.from ?? ''} or earlier`;
}

/** Why `name` is not an option of the catalogue's series, if any series or any alias ever had it. */
export function fateOf(catalogue: Catalogue, name: OptionName): OptionChange | undefined {
  const changes = readChanges();
  const now = catalogue.options.find((option) => hasAlias(option, name));
  if (now) return { kind: 'renamed', to: now, since: since(now, changes), accepted: true };
  const past = changes.slice(0, changes.findIndex(({ to }) => to === catalogue.series) + 1);
  return formerly(past, name) ?? later(changes.slice(past.length), name);
}

const hasAlias = (option: Option, name: OptionName): boolean =>
  (option.deprecatedNames ?? []).some((alias) => sameName(alias, name));

function formerly(past: readonly SeriesChange[], name: OptionName): OptionChange | undefined {
  for (const { to: series, renamed, removed, aliasesRemoved } of past.toReversed()) {
    const rename = renamed.find(({ from }) => sameName(from, name));
    if (rename) return { kind: 'renamed', to: rename.to, since: series, accepted: false };
    const alias = aliasesRemoved.find(({ alias }) => sameName(alias, name));
    if (alias) return { kind: 'renamed', to: alias.of, since: series, accepted: false };
    if (removed.some((option) => sameName(option, name))) return { kind: 'removed', since: series };
  }
  return undefined;
}

function later(future: readonly SeriesChange[], name: OptionName): OptionChange | undefined {
  const change = future.find(({ added }) => added.some((option) => sameName(option, name)));
  return change && { kind: 'later', since: change.to };
}
