import { z } from 'zod';
import { line, localPath, words } from '../../site/values/text.ts';
import { languageIds } from './languages.ts';
import { condition, formatted, id } from './text.ts';

const language = z.string().refine((name) => name !== 'en' && name in languageIds, {
  error: `must be one of ${Object.keys(languageIds)
    .filter((name) => name !== 'en')
    .join(', ')}`,
});

/** The dialogs of a package. Pages for settings come from the properties that name a group. */
export const ui = z
  .strictObject({
    licence: localPath
      .exactOptional()
      .describe(
        'Licence that has to be accepted: a text file in UTF-8, or .rtf, relative to the product file',
      ),
    groups: z
      .array(
        z.strictObject({
          id: id.describe('Name by which properties name it'),
          title: line.describe('Title of its page'),
          text: line.exactOptional().describe('Explanation below the title'),
          condition: condition.exactOptional().describe('When the page is shown: NOT OLDERVERSIONFOUND'),
        }),
      )
      .default([])
      .describe('Pages for properties, in their order'),
    texts: z
      .record(z.string(), formatted)
      .default({})
      .describe('Texts of the dialogs in place of those in msi/dialogs/texts/en.yaml, by key'),
    translations: z
      .record(language, localPath)
      .default({})
      .describe('YAML files with the texts of the product in other languages; each gives one more package'),
  })
  .describe('A graphical installer: see docs/reference/packages/graphical-install.md');

/** What a property may have for its field on a page. */
export const fieldKeys = {
  group: id.exactOptional().describe('Page of the graphical installer that asks for it'),
  label: line.exactOptional().describe('Text in front of its field. Default: its name'),
  neededWhen: condition
    .exactOptional()
    .describe('When its page cannot be left without a value; always where it is `needed`'),
};

/** A text of a translation. */
export const translated = z.string().regex(/^\P{Cc}+$/u, words('must be one line of text'));
