import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { plain } from '../site/yaml/located.ts';
import { parseYaml } from '../site/yaml/yaml.ts';
import { gatherFiles } from './gather.ts';
import { productFile, productGrammar, type WrittenProduct } from './grammar.ts';
import { installerParts } from './installer.ts';
import { fillIn, variablesOf } from './variables.ts';

/** A product file as it is written, its files not looked at. Throws where `loadProduct` would say more. */
export function readProduct(file: string, set: Readonly<Record<string, string>> = {}): WrittenProduct {
  const { root } = parseYaml({ file, text: readFileSync(file, 'utf8') }, productFile);
  const filled = root && fillIn(root, variablesOf(root, set).variables).root;
  return productGrammar.parse(filled && plain(filled));
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
  const library = installerParts(written).binaries.map(({ source }) => source);
  return [...new Set([resolve(file), ...gathered.map(({ file: { source } }) => source), ...own, ...library])];
}
