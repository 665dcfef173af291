import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { Problem } from '../../errors.ts';
import { siteFile } from '../grammar/site-file.ts';
import { type Located, merge } from '../yaml/located.ts';
import { readSource } from '../yaml/source.ts';
import { parseYaml } from '../yaml/yaml.ts';

/** A site file with everything it extends, merged. */
export interface ExtendsChain {
  /** Absent where a file could not be read as YAML; `problems` says why. */
  readonly root?: Located;
  readonly problems: readonly Problem[];
  /** The text of every file read, by the name that positions have; the site file itself comes first. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads `file` and what it extends, bases below; `text` in place of what is in the file. Never throws for what the files say. */
export async function readChain(file: string, text?: string): Promise<ExtendsChain> {
  const problems: Problem[] = [];
  const texts = new Map<string, string>();
  const root = await read({ file, above: [], ...(text !== undefined && { text }) }, problems, texts);
  return root ? { root, problems, texts } : { problems, texts };
}

interface Link {
  readonly file: string;
  /** In place of what is in the file. */
  readonly text?: string;
  /** The files on the way here, absolute. */
  readonly above: readonly string[];
  /** The value of `extends` that names this file; absent for the site file itself. */
  readonly named?: Located;
}

async function read(
  link: Link,
  problems: Problem[],
  texts: Map<string, string>,
): Promise<Located | undefined> {
  const { file, above, named } = link;
  const path = resolve(file);
  if (above.includes(path)) {
    const circle = [...above.slice(above.indexOf(path)), path].map((one) => basename(one)).join(' -> ');
    problems.push({ message: `\`extends\` goes in a circle: ${circle}`, ...placed(named) });
    return undefined;
  }
  const source = link.text === undefined ? await readSource(path, file) : { file, text: link.text };
  if ('message' in source) {
    const { message, at, hint } = source;
    const where = at ? { position: at } : placed(named);
    problems.push({ message: `${at ? 'the file' : file} ${message}`, ...where, ...(hint && { hint }) });
    return undefined;
  }
  texts.set(file, source.text);
  const { root, problems: found } = parseYaml(source, siteFile);
  problems.push(...found);
  return root && extended(root, { ...link, above: [...above, path] }, problems, texts);
}

async function extended(
  root: Located,
  { file, above }: Link,
  problems: Problem[],
  texts: Map<string, string>,
): Promise<Located | undefined> {
  if (root.kind !== 'map') return root;
  const entries = new Map(root.entries);
  const base = entries.get('extends');
  if (!base) return root;
  const name = base.value.kind === 'scalar' ? base.value.value : undefined;
  if (typeof name !== 'string' || name === '') {
    problems.push({ message: '`extends` must be the path of one site file', ...placed(base.value) });
    return undefined;
  }
  const target = isAbsolute(name) ? name : join(dirname(file), name);
  const below = await read({ file: target, above, named: base.value }, problems, texts);
  entries.delete('extends');
  return below && merge(below, { ...root, entries });
}

function placed(node: Located | undefined): Pick<Problem, 'path' | 'position'> {
  return node ? { path: 'extends', position: node.at } : {};
}
