import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a text of a licence is called; zx keeps those of what it bundles itself in one more file. */
const names = /^(licen[cs]e|copying|notice)(\..*)?$|^(licen[cs]e)-.*$/i;
const further = { zx: ['build/3rd-party-licenses'] };
/** Of packages that bring none. */
const lent = { saxes: join(import.meta.dirname, 'licences', 'saxes.txt') };

/**
 * Writes the licences of all packages in a bundle into one file, and fails where one has no text.
 * `inputs`: of the bundle's metafile, paths from `root`.
 */
export async function writeLicences(root, inputs, file) {
  const folders = [...new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined))].sort();
  const parts = await Promise.all(folders.map((folder) => licenceOf(join(root, folder))));
  const head =
    'oriel is under the Apache License 2.0 (LICENSE). Its program has these packages in it, under their own licences.';
  await writeFile(file, `${[head, ...parts].join(`\n\n${'='.repeat(80)}\n`)}\n`);
}

/** `node_modules/a/node_modules/@b/c/lib/d.js` -> `node_modules/a/node_modules/@b/c`. */
function packageFolder(path) {
  return /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const own = (await readdir(folder)).filter((one) => names.test(one)).sort();
  if (own.length === 0 && !(name in lent)) throw new Error(`${folder}: ${name} has no text of its licence`);
  const files =
    own.length > 0 ? [...own, ...(further[name] ?? [])].map((one) => join(folder, one)) : [lent[name]];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return [`${name} ${version} (${license ?? 'see below'})`, ...texts.map((text) => text.trim())].join('\n\n');
}
