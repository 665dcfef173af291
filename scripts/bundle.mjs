// Makes what packages ship: dist/oriel.cjs, the whole program in one file, dist/msi.mjs, the compiler as a library, and the licences of
// what is in them. Data (agent/,
// msi/, templates/) stays beside them.
// With `--with FOLDER` (may be repeated) it makes the program alone, with the components that FOLDER/index.ts exports in its registry,
// as `--out FILE` (default: dist/oriel.cjs; below this repository, as its data is looked for from there).
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { writeLicences } from './bundle/licences.mjs';
import { withComponents } from './bundle/with-components.mjs';

const { values } = parseArgs({
  options: { with: { type: 'string', multiple: true, default: [] }, out: { type: 'string' } },
});
const root = dirname(import.meta.dirname);
const folders = values.with.map((folder) => resolve(folder));
const outfile = values.out === undefined ? 'dist/oriel.cjs' : resolve(values.out);

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // ssh2 tries native helpers and does without them; koffi is native, and loaded from beside the program once Kerberos is used.
  external: ['*.node', 'cpu-features', 'koffi'],
  logLevel: 'warning',
  // The texts of licences are in a file of their own. Names stay, for stacks; a third of the rest is blanks.
  legalComments: 'none',
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
  metafile: true,
};

const program = await build({
  ...common,
  entryPoints: ['src/cli.ts'],
  outfile,
  format: 'cjs',
  banner: { js: '#!/usr/bin/env node' },
  // A folder elsewhere has no packages of its own.
  nodePaths: [resolve(root, 'node_modules')],
  plugins: folders.length > 0 ? [withComponents(folders)] : [],
});
if (folders.length === 0) {
  const library = { entryPoints: ['src/msi/library.ts'], outfile: 'dist/msi.mjs', format: 'esm' };
  await build({ ...common, ...library });
  await writeLicences(root, Object.keys(program.metafile.inputs), resolve(root, 'dist/licences.txt'));
}
