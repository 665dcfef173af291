import { existsSync, readFileSync } from 'node:fs';
import { dataFile } from '../../data-files.ts';
import { InternalError } from '../../errors.ts';
import type { GrammarKind } from '../../site/yaml/file-kind.ts';
import type { Located } from '../../site/yaml/located.ts';
import { parseYaml } from '../../site/yaml/yaml.ts';

/** What messages about a table of texts say of it. */
export const textTable: Omit<GrammarKind, 'schema'> = {
  name: 'a table of texts',
  single: 'one file, one language',
  anchors: 'a text stands where it is used',
  empty: 'msi/dialogs/texts/en.yaml has the keys of all dialogs',
};

type Texts = Readonly<Record<string, string>>;

/** Tables that were read: a package with dialogs asks for one several times. */
const tables = new Map<string, Texts | undefined>();

/** Texts of the dialogs that oriel has for a language; undefined for one that it has none for. */
export function dialogTexts(language: string): Texts | undefined {
  if (!tables.has(language)) tables.set(language, readTexts(language));
  return tables.get(language);
}

function readTexts(language: string): Texts | undefined {
  const file = dataFile('msi', 'dialogs', 'texts', `${language}.yaml`);
  if (!existsSync(file)) return undefined;
  const { root, problems } = parseYaml({ file, text: readFileSync(file, 'utf8') }, textTable);
  if (!root || problems.length > 0) throw new InternalError(`${file} cannot be read`);
  return Object.fromEntries(textsOf(root));
}

/** The texts of a table by key. */
export function textsOf(root: Located): ReadonlyMap<string, string> {
  const entries = root.kind === 'map' ? [...root.entries] : [];
  return new Map(
    entries.flatMap(([key, { value }]) =>
      value.kind === 'scalar' && value.value !== null ? [[key, value.written ?? String(value.value)]] : [],
    ),
  );
}
