import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import picomatch from 'picomatch';
import type { MsiFile } from '../msi/model/model.ts';
import type { Finding } from '../site/yaml/finding.ts';
import { reasonOf } from '../site/yaml/source.ts';
import type { WrittenProduct } from './grammar.ts';

/** A file of the package, and which item of `files` brought it. */
export interface Gathered {
  readonly file: MsiFile;
  readonly item: number;
}

/** The files that a product file names, folders opened. Findings say what is not there. */
export async function gatherFiles(
  { files }: Pick<WrittenProduct, 'files'>,
  directory: string,
): Promise<{ readonly gathered: readonly Gathered[]; readonly findings: readonly Finding[] }> {
  const parts = await Promise.all(files.map((file, item) => gatherItem(file, item, directory)));
  return {
    gathered: parts.flatMap(({ gathered }) => gathered),
    findings: parts.flatMap(({ findings }) => findings),
  };
}

type Item = WrittenProduct['files'][number];

async function gatherItem(written: Item, item: number, directory: string) {
  const { source, target, exclude = [], ...rest } = written;
  const refuse = (key: string, message: string) => ({
    gathered: [],
    findings: [{ path: ['files', item, key], message }],
  });
  const path = resolve(directory, source);
  try {
    if (!(await stat(path)).isDirectory()) {
      if (exclude.length > 0) return refuse('exclude', '`exclude` goes with a folder');
      const place =
        target === undefined || target.endsWith('/') ? `${target ?? ''}${basename(path)}` : target;
      return { gathered: [{ item, file: { ...rest, source: path, target: place } }], findings: [] };
    }
    const isLeftOut = picomatch([...exclude], { dot: true });
    const below = (await readdir(path, { recursive: true, withFileTypes: true }))
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
      .filter((name) => !isLeftOut(name))
      .sort();
    const prefix = target ? `${target.replace(/\/$/, '')}/` : '';
    const gathered = below.map((name) => ({
      item,
      file: { ...rest, source: join(path, name), target: `${prefix}${name}` },
    }));
    if (gathered.length === 0) return refuse('source', `\`${source}\` holds no file that would be packaged`);
    return { gathered, findings: [] };
  } catch (error) {
    return refuse('source', `\`${source}\` cannot be read: ${reasonOf(error)}`);
  }
}
