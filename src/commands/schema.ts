import { siteJsonSchema } from '../site/json-schema.ts';
import { siteReference } from '../site/reference.ts';
import type { Verb } from './command.ts';

export const schema: Verb = (program, run) => {
  program
    .command('schema')
    .description('print the JSON Schema of the site file, for editors')
    .option('--markdown', 'print the reference of the site file in place of the schema')
    .addHelpText(
      'after',
      '\nExample:\n  $ oriel schema > oriel.schema.json\n\nEditors find it by the first line of the site file:\n  # yaml-language-server: $schema=./oriel.schema.json',
    )
    .action(({ markdown }: { markdown?: true }) =>
      run(async ({ print }) => {
        print(markdown ? siteReference() : JSON.stringify(siteJsonSchema(), null, 2));
        return 0;
      }),
    );
};
