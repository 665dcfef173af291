import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from '../../src/process.ts';
import type { Check, Finding } from './check.ts';
import { trackedFiles } from './tracked-files.ts';

const fileLimit = 250;

/** Files of at most 250 lines, functions of at most 40. A longer file begins with `// Long: ` and why; tests may have long functions. */
export const size: Check = {
  name: 'size',
  run: async (root) => [...(await longFiles(root)), ...(await longFunctions(root))],
};

async function longFiles(root: string): Promise<readonly Finding[]> {
  const files = (await trackedFiles(root)).filter((file) => /\.(ts|mjs|ps1|py|c)$/.test(file));
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const lines = text.split('\n').length - 1;
    if (lines <= fileLimit || /^(\/\/|#) Long: \S/.test(text)) return [];
    return [{ file, line: 1, message: `has ${lines} lines, more than ${fileLimit}; part it, or say why` }];
  });
}

/** biome counts them; its rule has a configuration of its own here, as tests are not held to it. */
async function longFunctions(root: string): Promise<readonly Finding[]> {
  const biome = join(root, 'node_modules', '.bin', 'biome');
  const config = `--config-path=${join(import.meta.dirname, 'functions.biome.json')}`;
  const args = ['lint', config, '--reporter=github', '--max-diagnostics=none', 'src', 'scripts'];
  const { stdout } = await run(biome, args, { cwd: root, accept: [0, 1] });
  const found = stdout.matchAll(
    /^::error title=lint\/complexity\S*,file=([^,]*),line=(\d+),endLine=\d+,.*?::(.*)$/gm,
  );
  return [...found].map(([, file = '', line, message = '']) => ({
    file: relative(root, file),
    line: Number(line),
    message,
  }));
}
