import { join, relative, resolve } from 'node:path';
import { run } from '../../src/process.ts';
import type { Check, Finding } from './check.ts';

/** biome: lint rules and format. */
export const style: Check = {
  name: 'style',
  run: async (root) => {
    const biome = join(root, 'node_modules', '.bin', 'biome');
    const args = ['check', '--error-on-warnings', '--reporter=github', '--max-diagnostics=none', '.'];
    const { exitCode, stdout, stderr } = await run(biome, args, { cwd: root, accept: [0, 1] });
    const found = [...stdout.matchAll(/^::\w+ (.*?)::(.*)$/gm)].map(
      ([, place = '', message = '']): Finding => ({
        file: relative(root, resolve(root, /file=([^,]*)/.exec(place)?.[1] ?? '')),
        line: Number(/line=(\d+)/.exec(place)?.[1] ?? 1),
        message,
      }),
    );
    return exitCode !== 0 && found.length === 0
      ? [{ file: 'biome.json', message: (stderr || stdout).trim() }]
      : found;
  },
};
