import { resolve } from 'node:path';
import type { Problem } from '../../errors.ts';
import { arrange } from '../../site/yaml/finding.ts';
import { nearestName } from '../../site/yaml/nearest.ts';
import { readSource } from '../../site/yaml/source.ts';
import { parseYaml } from '../../site/yaml/yaml.ts';
import type { WrittenProduct } from '../grammar/grammar.ts';
import { translated } from '../grammar/grammar-ui.ts';
import { ownTexts } from './own-texts.ts';
import { dialogTexts, textsOf, textTable } from './texts.ts';

export interface Translations {
  /** Texts by key of each language: those of the product, and those of dialogs that it changes. */
  readonly languages: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly problems: readonly Problem[];
}

/** Reads every translation of a product. Problems: a key that nothing asks for, and one that is missing, with file and line. */
export async function readTranslations(written: WrittenProduct, directory: string): Promise<Translations> {
  const own = ownTexts(written);
  const languages = new Map<string, ReadonlyMap<string, string>>([['en', own]]);
  const problems: Problem[] = [];
  for (const [language, path] of Object.entries(written.ui?.translations ?? {})) {
    const read = await readOne(resolve(directory, path), path, needs(own, language));
    problems.push(...read.problems);
    languages.set(language, read.texts);
  }
  return { languages, problems };
}

interface Needs {
  readonly needed: ReadonlySet<string>;
  readonly known: ReadonlySet<string>;
}

/** A language that oriel has no texts for needs those of the dialogs as well. */
function needs(own: ReadonlyMap<string, string>, language: string): Needs {
  const ofDialogs = Object.keys(dialogTexts('en') ?? {});
  const missing = dialogTexts(language) ? [] : ofDialogs;
  return { needed: new Set([...own.keys(), ...missing]), known: new Set([...own.keys(), ...ofDialogs]) };
}

async function readOne(path: string, name: string, { needed, known }: Needs) {
  const source = await readSource(path, name);
  if ('message' in source)
    return { texts: new Map<string, string>(), problems: [{ message: `${name} ${source.message}` }] };
  const { root, problems } = parseYaml(source, textTable);
  if (!root)
    return { texts: new Map<string, string>(), problems: arrange(problems, new Map([[name, source.text]])) };
  const texts = textsOf(root);
  const entries = root.kind === 'map' ? [...root.entries] : [];
  const found: Problem[] = [...problems];
  for (const [key, { at, value }] of entries) {
    const near = nearestName(key, known);
    const advice = near
      ? `did you mean \`${near}\`?`
      : 'docs/reference/packages/graphical-install.md says which there are';
    if (!known.has(key)) found.push({ message: `there is no text \`${key}\`; ${advice}`, position: at });
    else if (value.kind !== 'scalar' || !translated.safeParse(texts.get(key)).success)
      found.push({ message: `the text \`${key}\` must be one line`, position: value.at });
  }
  const missing = [...needed].filter((key) => !texts.has(key));
  for (const key of missing)
    found.push({ message: `the translation lacks the text \`${key}\``, position: root.at });
  return { texts, problems: arrange(found, new Map([[name, source.text]])) };
}
