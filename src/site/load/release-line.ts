import { realpath, stat } from 'node:fs/promises';
import { InputError } from '../../errors.ts';
import { writeWhole } from '../../replace-file.ts';
import type { Release } from '../deployment.ts';
import { siteFile } from '../grammar/site-file.ts';
import { readSource } from '../yaml/source.ts';
import { parseYaml } from '../yaml/yaml.ts';

/**
 * The place in a site file where its release stands, and the function that writes another one there: only that word changes,
 * comments and all else stay. Throws InputError where the file itself does not name it (a default, or a file that it extends).
 */
export async function releaseLine(file: string): Promise<(release: Release) => Promise<void>> {
  const text = await textOf(file);
  if (!scalarIn(file, text)) {
    const message = `${file} does not name its release itself`;
    const hint =
      'write `release: "..."` of the nodes as they are into it: that line is what an upgrade changes';
    throw new InputError([{ message, hint }]);
  }
  return async (release) => {
    const now = await textOf(file);
    const found = scalarIn(file, now);
    if (!found) throw new InputError([{ message: `${file} no longer names its release` }]);
    await replace(file, `${now.slice(0, found.from)}"${release}"${now.slice(found.to)}`);
  };
}

/** Offsets of the value of the top-level key `release`, quotes included. */
function scalarIn(file: string, text: string): { readonly from: number; readonly to: number } | undefined {
  const { root } = parseYaml({ file, text }, siteFile);
  const value = root?.kind === 'map' ? root.entries.get('release')?.value : undefined;
  if (value?.kind !== 'scalar') return undefined;
  const lines = text.split('\n');
  const before = lines.slice(0, value.at.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const from = before + value.at.column - 1;
  const [word = ''] = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s#,}]+)/.exec(text.slice(from)) ?? [];
  return word === '' ? undefined : { from, to: from + word.length };
}

async function textOf(file: string): Promise<string> {
  const source = await readSource(file, file);
  if ('text' in source) return source.text;
  throw new InputError([{ message: `${file} ${source.message}` }]);
}

/** Whole or not at all; the file behind a symbolic link, with the rights it has. */
async function replace(file: string, text: string): Promise<void> {
  const path = await realpath(file);
  await writeWhole(path, text, { mode: (await stat(path)).mode });
}
