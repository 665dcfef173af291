import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

/** Holds `text` against a file below test/golden; `UPDATE_GOLDEN=1` writes it instead. */
export function expectGolden(text: string, ...path: readonly string[]): void {
  const file = join('test/golden', ...path);
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text, file).toBe(readFileSync(file, 'utf8'));
}

/** Empties a folder below test/golden before it is written anew, so that no file stays that is no longer made. */
export function emptyGolden(...path: readonly string[]): void {
  if (process.env.UPDATE_GOLDEN) rmSync(join('test/golden', ...path), { recursive: true, force: true });
}
