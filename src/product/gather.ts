import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import type { MsiFile } from '../msi/model/model.ts';
import type { YamlFinding } from '../site/yaml/finding.ts';
import { reasonOf } from '../site/yaml/source.ts';
import type { WrittenProduct } from './grammar/grammar.ts';

/** Files that a build makes, by the name that items of `files` have for them; their targets are below that of the item. */
export type Supplied = Readonly<Record<string, readonly MsiFile[]>>;

/** A file of the package, and which item of `files` brought it. */
export interface Gathered {
  readonly file: MsiFile;
  readonly item: number;
}

/** The files that a product file names, folders opened. Findings say what is not there. */
export async function gatherFiles(
  { files }: Pick<WrittenProduct, 'files'>,
  directory: string,
  supplied: Supplied = {},
): Promise<{ readonly gathered: readonly Gathered[]; readonly findings: readonly YamlFinding[] }> {
  const parts = await Promise.all(files.map((file, item) => gatherItem(file, item, directory, supplied)));
  return {
    gathered: parts.flatMap(({ gathered }) => gathered),
    findings: parts.flatMap(({ findings }) => findings),
  };
}

type Item = WrittenProduct['files'][number];

interface GatheredItem {
  readonly gathered: readonly Gathered[];
  readonly findings: readonly YamlFinding[];
}

type Refuse = (key: string | undefined, message: string, hint?: string) => GatheredItem;

async function gatherItem(
  written: Item,
  item: number,
  directory: string,
  built: Supplied,
): Promise<GatheredItem> {
  const { source, supplied, target, include, exclude, ...rest } = written;
  const refuse: Refuse = (key, message, hint) => ({
    gathered: [],
    findings: [{ path: ['files', item, key ?? []].flat(), message, ...(hint && { hint }) }],
  });
  if ((source === undefined) === (supplied === undefined))
    return refuse(undefined, 'a file has one of source, supplied');
  const found =
    source === undefined
      ? takeSupplied(written, built, refuse)
      : await takeSource(written, directory, refuse);
  if (!Array.isArray(found)) return found;
  return { gathered: found.map((file) => ({ item, file: { ...rest, ...file } })), findings: [] };
}

function takeSupplied({ supplied = '', target, ...item }: Item, built: Supplied, refuse: Refuse) {
  const files = built[supplied];
  const names = Object.keys(built).join(', ');
  const hint = names
    ? `the build supplies ${names}`
    : '`oriel build` does, for the product file of a component';
  return (
    refusePatterns(item, refuse) ??
    files?.map((file) => ({ ...file, target: `${below(target)}${file.target}` })) ??
    refuse('supplied', `nothing supplies \`${supplied}\` here`, hint)
  );
}

async function takeSource({ source = '', target, ...item }: Item, directory: string, refuse: Refuse) {
  const path = resolve(directory, source);
  try {
    if (!(await stat(path)).isDirectory()) {
      const place =
        target === undefined || target.endsWith('/') ? `${target ?? ''}${basename(path)}` : target;
      return refusePatterns(item, refuse) ?? [{ source: path, target: place }];
    }
    const names = await filesBelow(path, item);
    const strange = await strangeEntry(path, names);
    if (strange) return refuse('source', `\`${source}\` holds ${strange}`);
    if (names.length === 0) return refuse('source', `\`${source}\` holds no file that would be packaged`);
    return names.map((name) => ({ source: join(path, name), target: `${below(target)}${name}` }));
  } catch (error) {
    return refuse('source', `\`${source}\` cannot be read: ${reasonOf(error)}`);
  }
}

function refusePatterns(item: Item, refuse: Refuse): GatheredItem | undefined {
  const key = (['include', 'exclude'] as const).find((one) => item[one] !== undefined);
  return key && refuse(key, `\`${key}\` goes with a folder`);
}

const below = (target?: string) => (target ? `${target.replace(/\/$/, '')}/` : '');

/** The first thing below a folder that is no file of it: a link that leads nowhere or outside, a device. */
async function strangeEntry(folder: string, names: readonly string[]): Promise<string | undefined> {
  const root = `${await realpath(folder)}${sep}`;
  for (const name of names) {
    const real = await realpath(join(folder, name)).catch(() => undefined);
    if (real === undefined) return `${name}, a link that leads nowhere`;
    if (!real.startsWith(root))
      return `${name}, a link to ${real}: outside of the folder; copy it, or name it as a source`;
    const found = await stat(real);
    if (!found.isFile()) return `${name}, which is ${found.isDirectory() ? 'a link to a folder' : 'no file'}`;
  }
  return undefined;
}

/** Files below a folder that are taken and not left out, sorted. */
async function filesBelow(
  path: string,
  { include = ['**'], exclude = [] }: Item,
): Promise<readonly string[]> {
  const isTaken = picomatch([...include], { dot: true });
  const isLeftOut = picomatch([...exclude], { dot: true });
  return (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .filter((name) => isTaken(name) && !isLeftOut(name))
    .sort();
}
