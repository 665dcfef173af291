import { type Catalogue, catalogueSeries, readCatalogue } from '../../components/glance/options/catalogue.ts';
import {
  explain,
  explanation,
  nameOf,
  optionsNamed,
  optionTable,
} from '../../components/glance/options/explain.ts';
import { missingOption } from '../../components/glance/options/missing.ts';
import { InputError } from '../../errors.ts';
import { nearestName } from '../../site/yaml/nearest.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly release: string;
  readonly json?: boolean;
}

const help = `
Examples:
  oriel options glance --release 2024.2                    every option
  oriel options glance database                            those of one group
  oriel options glance database.max_retries                all about one
  oriel options glance --json image_size_cap | jq '.[0].max'`;

/** `oriel options`: lists the options of a component in a release and explains single ones. */
export const options: Verb = (program, run) => {
  program
    .command('options')
    .description('list and explain the configuration options of a component')
    .argument('<component>', 'glance')
    .argument('[name]', 'an option (workers, database.connection) or a group')
    .option('--release <series>', 'OpenStack series', '2024.2')
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    .action((component: string, name: string | undefined, flags: Flags) =>
      run(async ({ print }) => {
        print(optionsText(component, name, flags));
        return 0;
      }),
    );
};

function optionsText(component: string, name: string | undefined, { release, json }: Flags): string {
  if (component !== 'glance') throw wrong(`\`${component}\` is not a component`, 'glance is the only one');
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
