import { dataFile } from '../../data-files.ts';
import { dialogLibrary } from '../../msi/dialogs/ui-rows.ts';
import type { MsiBinary } from '../../msi/model/action-model.ts';
import type { MsiUi } from '../../msi/model/dialog-model.ts';
import type { WrittenProduct } from '../grammar/grammar.ts';
import { languageIds } from '../grammar/languages.ts';
import { dialogPictures } from './pictures.ts';
import { dialogTexts } from './texts.ts';

/** The dialogs of a product in one language; `written` has its texts in it already. */
export function toUi(
  written: WrittenProduct,
  language: string,
  texts: ReadonlyMap<string, string>,
  licence: string | undefined,
): MsiUi | undefined {
  const { ui, properties } = written;
  if (!ui) return undefined;
  const ofDialogs = { ...dialogTexts('en'), ...dialogTexts(language), ...(language === 'en' && ui.texts) };
  return {
    language,
    languageId: languageIds[language] ?? 1033,
    texts: Object.fromEntries(Object.entries(ofDialogs).map(([key, text]) => [key, texts.get(key) ?? text])),
    ...(licence !== undefined && { licence }),
    pages: ui.groups.map(({ id, title, text, condition }) => ({
      id,
      title,
      ...(text !== undefined && { text }),
      ...(condition !== undefined && { condition }),
      fields: properties.filter(({ group }) => group === id).map(toField),
    })),
  };
}

function toField(written: WrittenProduct['properties'][number]): MsiUi['pages'][number]['fields'][number] {
  const { name, label = name, type = 'text', hidden, needed, neededWhen, description } = written;
  const condition = needed ? '1' : neededWhen;
  return {
    property: name,
    label,
    type,
    ...(hidden && { secret: true }),
    ...(condition !== undefined && { needed: condition }),
    ...(description !== undefined && { hint: description }),
  };
}

/** What dialogs need besides tables: the library of their actions, and pictures. */
export function dialogBinaries(): readonly MsiBinary[] {
  const pictures = Object.entries(dialogPictures());
  return [
    { name: dialogLibrary, source: dataFile('msi', 'dialogs', 'oriel-dialogs.dll') },
    ...pictures.map(([name, content]) => ({ name, source: name, content })),
  ];
}
