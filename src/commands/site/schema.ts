import { components } from '../../components/index.ts';
import { productJsonSchema } from '../../product/grammar/grammar.ts';
import { productReference } from '../../product/reference.ts';
import { siteJsonSchema } from '../../site/grammar/json-schema.ts';
import { siteReference } from '../../site/pages/reference.ts';
import type { Verb } from '../command-line/verb.ts';

export const schema: Verb = (program, run) => {
  program
    .command('schema')
    .description('print the JSON Schema of the site file, for editors')
    .option('--product', 'that of the product file, which `oriel msi build` takes')
    .option('--markdown', 'print the reference of the file in place of the schema')
    .addHelpText(
      'after',
      '\nExample:\n  $ oriel schema > oriel.schema.json\n\nEditors find it by the first line of the site file:\n  # yaml-language-server: $schema=./oriel.schema.json',
    )
    .action(({ product, markdown }: { product?: true; markdown?: true }) =>
      run(async ({ print }) => {
        const grammar = product ? productJsonSchema() : siteJsonSchema(components);
        const reference = () => (product ? productReference() : siteReference(components));
        print(markdown ? reference() : JSON.stringify(grammar, null, 2));
        return 0;
      }),
    );
};
