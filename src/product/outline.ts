import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { find, plain } from '../site/yaml/located.ts';
import { readSource } from '../site/yaml/source.ts';
import { parseYaml } from '../site/yaml/yaml.ts';
import { gatherFiles } from './gather.ts';
import { productFile, productGrammar, type WrittenProduct } from './grammar/grammar.ts';
import { languageIds } from './grammar/languages.ts';
import { installerParts } from './installer.ts';
import { dialogBinaries } from './ui/to-ui.ts';
import { fillIn, variablesOf } from './variables.ts';

/** A product file as it is written, its files not looked at. Throws where `loadProduct` would say more. */
export function readProduct(file: string, set: Readonly<Record<string, string>> = {}): WrittenProduct {
  const { root } = parseYaml({ file, text: readFileSync(file, 'utf8') }, productFile);
  const filled = root && fillIn(root, variablesOf(root, set).variables).root;
  return productGrammar.parse(filled && plain(filled));
}

/** Languages in which a product file gives a package, `en` first. A file that cannot be read has `en`: `loadProduct` says why. */
export async function productLanguages(file: string): Promise<readonly string[]> {
  const source = await readSource(resolve(file), file);
  const { root } = 'message' in source ? {} : parseYaml(source, productFile);
  const written = root && find(root, ['ui', 'translations'])?.value;
  const others = written?.kind === 'map' ? [...written.entries.keys()] : [];
  return ['en', ...others.filter((name) => name in languageIds)];
}

/** Absolute paths of the files that a product file names, itself first; not what a build supplies. */
export async function productSources(file: string): Promise<readonly string[]> {
  const written = readProduct(file);
  const directory = dirname(resolve(file));
  const { gathered } = await gatherFiles(
    { files: written.files.filter(({ source }) => source !== undefined) },
    directory,
  );
  const own = [...written.icons, ...written.binaries].map(({ source }) => resolve(directory, source));
  const { licence, translations = {} } = written.ui ?? {};
  const texts = [...(licence === undefined ? [] : [licence]), ...Object.values(translations)];
  const dialogs = texts.map((path) => resolve(directory, path));
  const library = [...installerParts(written).binaries, ...(written.ui ? dialogBinaries() : [])].flatMap(
    ({ source, content }) => (content ? [] : [source]),
  );
  return [
    ...new Set([
      resolve(file),
      ...gathered.map(({ file: { source } }) => source),
      ...own,
      ...dialogs,
      ...library,
    ]),
  ];
}
