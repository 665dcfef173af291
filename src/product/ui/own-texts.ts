import type { WrittenProduct } from '../grammar/grammar.ts';

type Lookup = (key: string, text: string | undefined) => string | undefined;

/** The texts of a product that its translations have, by key. */
export function ownTexts(written: WrittenProduct): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  translate(written, (key, text) => {
    if (text !== undefined) found.set(key, text);
    return text;
  });
  return found;
}

/** The product with its texts in another language. */
export function withTexts(written: WrittenProduct, texts: ReadonlyMap<string, string>): WrittenProduct {
  return translate(written, (key, text) => (text === undefined ? text : (texts.get(key) ?? text)));
}

/** Every text that people see goes through `look`, each under its key. */
function translate(written: WrittenProduct, look: Lookup): WrittenProduct {
  const { features, properties, actions, launchConditions, errors, ui } = written;
  return {
    ...written,
    features: features.map((one) => {
      const description = look(`features.${one.id}.description`, one.description);
      const title = look(`features.${one.id}.title`, one.title) ?? one.title;
      return { ...one, title, ...(description !== undefined && { description }) };
    }),
    properties: properties.map((one) => {
      if (one.group === undefined) return one;
      const label = look(`properties.${one.name}.label`, one.label ?? one.name) ?? one.name;
      const description = look(`properties.${one.name}.description`, one.description);
      return { ...one, label, ...(description !== undefined && { description }) };
    }),
    actions: actions.map((one) => {
      const progress = look(`actions.${one.name}.progress`, one.progress);
      return { ...one, ...(progress !== undefined && { progress }) };
    }),
    launchConditions: launchConditions.map((one, i) => ({
      ...one,
      message: look(`launchConditions.${i + 1}.message`, one.message) ?? one.message,
    })),
    errors: errors.map((one) => ({
      ...one,
      message: look(`errors.${one.number}.message`, one.message) ?? one.message,
    })),
    ...(ui && { ui: { ...ui, groups: translateGroups(ui.groups, look) } }),
  };
}

type Groups = NonNullable<WrittenProduct['ui']>['groups'];

function translateGroups(groups: Groups, look: Lookup): Groups {
  return groups.map((one) => {
    const text = look(`groups.${one.id}.text`, one.text);
    const title = look(`groups.${one.id}.title`, one.title) ?? one.title;
    return { ...one, title, ...(text !== undefined && { text }) };
  });
}
