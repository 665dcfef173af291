import { join } from 'node:path';
import { type Block, blocksOf, pages } from '../../scripts/check/documents/markdown.ts';

/** Where the commands of a block run: in each test, in a sandbox with a deployment, or not here. */
export type Place = 'here' | 'sandbox' | 'elsewhere';

/** A page to follow, with its blocks. */
export interface HowTo {
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** Languages of commands; the blocks of all others are files, outputs and pictures. */
const commands = ['sh', 'powershell', 'bat', 'sql'];

/** All pages of docs/how-to. */
export function howTos(): readonly HowTo[] {
  return pages('.')
    .filter(({ path }) => path.startsWith('docs/how-to/'))
    .map((page) => ({ name: page.path.slice('docs/how-to/'.length), blocks: blocksOf(page) }));
}

/** Where a block runs; undefined: it has no commands. Throws where it has commands and does not say where, or why not here. */
export function placeOf({ language, info, line }: Block): Place | undefined {
  if (!commands.includes(language)) return undefined;
  if (language === 'sh' && info === '') return 'here';
  if (language === 'sh' && info === 'sandbox') return 'sandbox';
  if (/^elsewhere: \w.{6,}/.test(info)) return 'elsewhere';
  throw new Error(`line ${line}: a block of ${language} says neither "sandbox" nor "elsewhere: REASON"`);
}

/**
 * The blocks of a page that run at a place, as one script of bash. A block of YAML that names its file is written to it first,
 * as a reader would.
 */
export function scriptOf({ blocks }: HowTo, place: Place): string {
  return blocks
    .flatMap((block) => {
      if (placeOf(block) === place) return [block.text];
      const isFile = block.language === 'yaml' && block.info.endsWith('.yaml') && place === 'here';
      return isFile ? [`cat > ${block.info} <<'END_OF_FILE'\n${block.text}\nEND_OF_FILE`] : [];
    })
    .join('\n');
}

/** Blocks of YAML that are a part of a site file, each as a whole one beside examples/minimal.yaml. */
export function sitesOf({ blocks }: HowTo): readonly string[] {
  return blocks
    .filter(({ language, info }) => language === 'yaml' && info === '')
    .map(({ text }) => `extends: minimal.yaml\n${text}\n`);
}

/** Files of examples/ that parts of a site file name. */
export const exampleFiles = ['minimal.yaml', 'example-ca.pem'].map((name) => join('examples', name));

/** The list of blocks that do not run here, with the reason of each, for the reader of a test's output. */
export function elsewhere(): readonly string[] {
  return howTos().flatMap(({ name, blocks }) =>
    blocks
      .filter((block) => placeOf(block) === 'elsewhere')
      .map(({ info, line }) => `${name}:${line}: ${info.replace('elsewhere: ', '')}`),
  );
}
