import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../replace-file.ts';
import { normalizeName } from '../lock/lockfile.ts';
import type { PayloadTree } from './tree.ts';

export interface PackageLicense {
  readonly name: string;
  readonly version: string;
  /** As the package says it: an SPDX expression, or words; `unknown` when it does not. */
  readonly license: string;
  /** Whether `license` is an SPDX expression. */
  readonly spdx: boolean;
  /** The texts: `path` below the tree's root, `name` inside the package's own folder. */
  readonly texts: readonly { readonly path: string; readonly name: string }[];
}

const site = 'lib/site-packages/';
const info = '.dist-info/';
const textName = /(^|\/)(licen[cs]e|copying|copyright|notice|authors)[^/]*$/i;

/** The licence of Python and of every package in a tree, by name. */
export async function readLicenses(tree: PayloadTree): Promise<readonly PackageLicense[]> {
  const packages = await Promise.all(
    tree.packages.map(async ({ name, version }) => {
      const own = tree.files.map(({ path }) => path).filter((path) => infoOwner(path) === name);
      const metadata = own.find((path) => path.endsWith(`${info}METADATA`));
      const text = metadata ? await readFile(join(tree.root, metadata), 'utf8') : '';
      const texts = own
        .map((path) => ({ path, name: path.slice(path.indexOf(info) + info.length) }))
        .filter((each) => textName.test(each.name));
      return { name, version, license: licenseOf(text), spdx: expressionOf(text) !== undefined, texts };
    }),
  );
  const texts = [{ path: 'LICENSE.txt', name: 'LICENSE.txt' }];
  return [{ name: 'python', version: tree.python, license: 'PSF-2.0', spdx: true, texts }, ...packages];
}

/** Writes all texts below the folder `out`, in a folder for each package, and the list as `licenses.json`. */
export async function writeLicenses(
  licenses: readonly PackageLicense[],
  tree: PayloadTree,
  out: string,
): Promise<void> {
  await mkdir(out, { recursive: true });
  for (const { name: owner, version, texts } of licenses)
    for (const { path, name } of texts)
      await cp(join(tree.root, path), join(out, `${owner}-${version}`, name));
  await writeWhole(join(out, 'licenses.json'), `${JSON.stringify(licenses, undefined, 2)}\n`);
}

/** Normalized name of the package whose `.dist-info` folder holds `path`. */
function infoOwner(path: string): string | undefined {
  const [, name] =
    /^([^/]+?)-[^-/]+\.dist-info\//.exec(path.startsWith(site) ? path.slice(site.length) : '') ?? [];
  return name && normalizeName(name);
}

/** What the core metadata of a package say: the expression, else the classifiers, else the first line of the old field. */
export function licenseOf(metadata: string): string {
  const expression = expressionOf(metadata);
  if (expression) return expression;
  const classifiers = fieldsOf(metadata, 'Classifier')
    .flatMap((each) => /^License :: (?:.* :: )?(.+)$/.exec(each)?.[1] ?? [])
    .filter((each) => each !== 'OSI Approved');
  const [words = 'unknown'] = fieldsOf(metadata, 'License').filter((each) => each !== 'UNKNOWN');
  return [...new Set(classifiers)].join(', ') || words;
}

/** An SPDX expression [PEP 639]; undefined in metadata that are older. */
function expressionOf(metadata: string): string | undefined {
  return fieldsOf(metadata, 'License-Expression')[0];
}

function fieldsOf(metadata: string, name: string): readonly string[] {
  const [headers = ''] = metadata.split(/\r?\n\r?\n/);
  return [...headers.matchAll(new RegExp(`^${name}: *(.+?)\\r?$`, 'gm'))].map(([, value = '']) => value);
}
