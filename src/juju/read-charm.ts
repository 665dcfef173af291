import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Charm } from '../charm/model/charm.ts';
import { toCharm } from '../charm/model/to-charm.ts';
import { components } from '../components/index.ts';
import { BuildError } from '../errors.ts';

/**
 * The charm that lies in a folder, as its metadata.yaml says: the component by the name of the charm, and the flavour, as only a native
 * charm has series of Windows. Throws BuildError where it is none of this program's.
 */
export async function readCharm(folder: string): Promise<Charm> {
  const file = join(folder, 'metadata.yaml');
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new BuildError(`${file} cannot be read: ${cause.message}`, undefined, { cause });
  });
  const { name, series } = load(text) as { readonly name?: string; readonly series?: readonly string[] };
  const flavour = series?.some((one) => one.startsWith('win')) ? 'native' : 'proxy';
  const found = components
    .map((component) => toCharm(component, flavour))
    .find((charm) => charm.name === name);
  if (found) return found;
  throw new BuildError(
    `${file}: this program has no charm ${name}`,
    'build the charm anew: oriel charm build',
  );
}
