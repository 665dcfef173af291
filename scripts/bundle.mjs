// Makes dist/oriel.cjs: the whole program in one file, as packages ship it. Data (agent/, msi/, templates/) stays beside it.
import { build } from 'esbuild';

await build({
  entryPoints: ['src/cli.ts'],
  outfile: 'dist/oriel.cjs',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  banner: { js: '#!/usr/bin/env node' },
  // ssh2 tries native helpers and does without them.
  external: ['*.node', 'cpu-features'],
  logLevel: 'warning',
  legalComments: 'linked',
});
