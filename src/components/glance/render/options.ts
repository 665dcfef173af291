import { InputError } from '../../../errors.ts';
import type { Writer } from '../../../render/file.ts';
import { type OsloScalar, type OsloValue, refusalOf, spell } from '../../../render/oslo.ts';
import { Secret } from '../../../secret.ts';
import type { OptionGroups, OptionValue, Text } from '../../../site/deployment.ts';
import { backendGroup, type Catalogue, findOption, type Option, shownName } from '../options/catalogue.ts';
import { syntaxOf } from '../options/value.ts';

interface Spelling {
  readonly catalogue: Catalogue;
  /** Groups that the catalogue lists as `<backend>`. */
  readonly stores: ReadonlySet<string>;
  readonly write: Writer;
}

/** `name = value` lines by group, sorted by name, each value spelt as the type of its option asks. Throws InputError as `spelledText`. */
export function optionLines(
  groups: OptionGroups,
  spelling: Spelling,
): { readonly [group: string]: readonly string[] } {
  return Object.fromEntries(
    Object.entries(groups).map(([group, options]) => [
      group,
      Object.entries(options)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([name, value]) => linesOf(group, name, value, spelling)),
    ]),
  );
}

function linesOf(
  group: string,
  name: string,
  given: OptionValue,
  { catalogue, stores, write }: Spelling,
): readonly string[] {
  const option = findOption(catalogue, { group: stores.has(group) ? backendGroup : group, name });
  const value = writtenValue(given, write);
  const syntax = syntaxOf(option, value);
  const refused = refusalOf(value, syntax);
  if (refused) throw refusal(`the value of \`${shownName({ group, name })}\` ${refused}`);
  return spell(value, syntax).map((text) => `${name} = ${text}`.trimEnd());
}

/** One text as it stands in a file. What a secret holds is only known now: InputError where no line can carry it. */
export function spelledText(text: Text, write: Writer): string {
  const written = write(text);
  const refused = refusalOf(written, { kind: 'scalar' });
  if (refused) throw refusal(`${text instanceof Secret ? String(text) : JSON.stringify(text)} ${refused}`);
  return spell(written, { kind: 'scalar' }).join('');
}

function refusal(message: string): InputError {
  return new InputError([
    { message, path: 'components.glance', hint: 'a line of an oslo.config file cannot hold it' },
  ]);
}

/** `over` on top of `base`, option by option. */
export function mergeGroups(base: OptionGroups, over: OptionGroups): OptionGroups {
  const names = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  return Object.fromEntries(names.map((group) => [group, { ...base[group], ...over[group] }]));
}

/** The options that `wanted` accepts; what the catalogue does not list (those of stores) stays. */
export function readBy(
  catalogue: Catalogue,
  groups: OptionGroups,
  filter: (option: Option) => boolean,
): OptionGroups {
  return Object.fromEntries(
    Object.entries(groups).map(([group, options]) => [
      group,
      Object.fromEntries(
        Object.entries(options).filter(([name]) => {
          const option = findOption(catalogue, { group, name });
          return !option || filter(option);
        }),
      ),
    ]),
  );
}

/** The value of an option with each text as `write` shows it. */
function writtenValue(value: OptionValue, write: Writer): OsloValue {
  const scalar = (item: Text | number | boolean): OsloScalar =>
    typeof item === 'string' || item instanceof Secret ? write(item) : item;
  if (isList(value)) return value.map(scalar);
  if (typeof value !== 'object' || value instanceof Secret) return scalar(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, scalar(item)]));
}

const isList = (value: OptionValue): value is readonly (Text | number | boolean)[] => Array.isArray(value);
