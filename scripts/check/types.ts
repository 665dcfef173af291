import { join } from 'node:path';
import { run } from '../../src/process.ts';
import type { Check, Finding } from './check.ts';

export const types: Check = {
  name: 'types',
  run: async (root) => {
    const compiler = join(root, 'node_modules', '.bin', 'tsc');
    const { exitCode, stdout } = await run(compiler, ['--noEmit', '--pretty', 'false'], {
      cwd: root,
      accept: [0, 1, 2],
    });
    const found = [...stdout.matchAll(/^(\S[^(\n]*)\((\d+),\d+\): (.*)$/gm)].map(
      ([, file = '', line, message = '']): Finding => ({ file, line: Number(line), message }),
    );
    return exitCode !== 0 && found.length === 0 ? [{ file: 'tsconfig.json', message: stdout.trim() }] : found;
  },
};
