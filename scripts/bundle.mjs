// Makes what packages ship: dist/oriel.cjs, the whole program in one file, and dist/msi.mjs, the compiler as a library. Data (agent/,
// msi/, templates/) stays beside them.
import { build } from 'esbuild';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // ssh2 tries native helpers and does without them.
  external: ['*.node', 'cpu-features'],
  logLevel: 'warning',
  legalComments: 'linked',
};

await build({
  ...common,
  entryPoints: ['src/cli.ts'],
  outfile: 'dist/oriel.cjs',
  format: 'cjs',
  banner: { js: '#!/usr/bin/env node' },
});
await build({ ...common, entryPoints: ['src/msi/library.ts'], outfile: 'dist/msi.mjs', format: 'esm' });
