import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';

/** A file of the repository that the code makes. */
export interface Generated {
  /** From the root. */
  readonly file: string;
  readonly generate: () => string | Promise<string>;
}

/** Every generated file; one that is added here is written by `npm run check -- --write` and compared by `npm run check`. */
export const generatedFiles: readonly Generated[] = [];

/** Generated files are what the code makes of them today. */
export const generated: Check = {
  name: 'generated files',
  run: async (root) => staleFiles(root, generatedFiles),
};

export async function staleFiles(root: string, files: readonly Generated[]) {
  const found = await Promise.all(
    files.map(async ({ file, generate }) => {
      const path = join(root, file);
      const there = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
      if (there === (await generate())) return [];
      return [{ file, message: 'is not what the code makes; run `npm run check -- --write`' }];
    }),
  );
  return found.flat();
}
