import { components } from '../../components/index.ts';
import type { OptionCatalogue } from '../../components/model/component.ts';
import { InputError } from '../../errors.ts';
import { defaultRelease } from '../../site/grammar/release.ts';
import { formatted } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly release: string;
  readonly json?: boolean;
}

const described = components.filter(({ options }) => options);
const known = described.map(({ name }) => name);
const [first = 'COMPONENT'] = known;

const help = `
Examples:
  oriel options ${first} --release 2024.2                    every option
  oriel options ${first} database                            those of one group
  oriel options ${first} database.max_retries                all about one
  oriel options ${first} --json image_size_cap | jq '.[0].max'`;

/** `oriel options`: lists the options of a component in a release and explains single ones. */
export const options: Verb = (program, run) => {
  formatted(program.command('options'))
    .description('list and explain the configuration options of a component')
    .argument('<component>', known.join(', '))
    .argument('[name]', 'an option (name, or group.name) or a group')
    .option('--release <series>', 'OpenStack series', defaultRelease)
    .addHelpText('after', help)
    .action((component: string, name: string | undefined, flags: Flags) =>
      run(async ({ print }) => {
        print(catalogueOf(component).describe(flags.release, name, flags.json ?? false));
        return 0;
      }),
    );
};

function catalogueOf(name: string): OptionCatalogue {
  const found = described.find((one) => one.name === name)?.options;
  if (found) return found;
  const hint = known.length === 1 ? `${known[0]} is the only one` : `there are ${known.join(', ')}`;
  throw new InputError([{ message: `\`${name}\` is not a component`, hint }]);
}
