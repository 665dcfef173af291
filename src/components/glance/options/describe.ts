import { InputError } from '../../../errors.ts';
import { nearestName } from '../../../site/yaml/nearest.ts';
import { type Catalogue, catalogueSeries, readCatalogue } from './catalogue.ts';
import { explain, explanation, nameOf, optionsNamed, optionTable } from './explain.ts';
import { missingOption } from './missing.ts';

/**
 * The options of a release: all of them, those of the group `name`, or all about the option `name`; as a table, or as JSON. Throws
 * InputError for a release without a catalogue and for a name that it does not have.
 */
export function describeOptions(release: string, name: string | undefined, json: boolean): string {
  const series = catalogueSeries();
  if (!series.includes(release))
    throw wrong(`no catalogue of glance \`${release}\``, `there are ${series.join(', ')}`);
  const catalogue = readCatalogue(release);
  const found = name === undefined ? catalogue.options : optionsNamed(catalogue, name);
  if (found.length === 0) throw unknown(catalogue, name ?? '');
  if (json) return JSON.stringify(found.map(explain), null, 2);
  const isList = name === undefined || found.every(({ group }) => group === name);
  return isList ? optionTable(found) : found.map((option) => explanation(explain(option))).join('\n\n');
}

function unknown(catalogue: Catalogue, text: string): InputError {
  const { message, hint } = missingOption(catalogue, nameOf(text));
  if (hint || message.endsWith('?')) return wrong(message, hint);
  const names = [...new Set(catalogue.options.map(({ name }) => name))];
  const near = nearestName(text, names);
  const part = text.slice(text.lastIndexOf('.') + 1);
  const like = near ? [near] : names.filter((name) => name.includes(part)).slice(0, 5);
  return wrong(
    message,
    like.length > 0 ? `there is ${like.map((name) => `\`${name}\``).join(', ')}` : undefined,
  );
}

function wrong(message: string, hint?: string): InputError {
  return new InputError([{ message, ...(hint && { hint }) }]);
}
