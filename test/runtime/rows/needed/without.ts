import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFile } from '../../../../src/data-files.ts';

const shown = new Set<string>();

/** Parts of the launcher that stand for no defect of a release, and where they are tried. */
const additions: Readonly<Record<string, string>> = {
  say_what_was_repaired: 'one line in the log: the first of rows/serving.ts',
  say_when_ready: 'the wrapper waits for it, or fails with 1005: test/service/wrapper.wine.test.ts',
};

/** A row that shows what a release does without these repairs of the launcher. The day it fails, they may go. */
export function without(repairs: readonly string[], does: string, row: () => Promise<void>): void {
  for (const repair of repairs) shown.add(repair);
  it(`without ${repairs.join(', ')}: ${does}`, row);
}

/** Goes where Wine is not needed: the rows are known before the first of them runs. */
export function allAreShown(): void {
  it('shows for each repair of the launcher what the release does without it', () => {
    expect([...shown, ...Object.keys(additions)].sort()).toEqual(repairs().sort());
  });
}

/** Names of the functions with `@fix` in the launcher. */
function repairs(): string[] {
  const folder = dataFile('msi', 'launcher', 'oriel_glance');
  const text = readdirSync(folder)
    .filter((name) => name.endsWith('.py'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
  const names = [...text.matchAll(/^@fix\([\s\S]*?\)\ndef (\w+)/gm)].map(([, name = '']) => name);
  expect(names).toHaveLength(text.match(/^@fix/gm)?.length ?? 0);
  return names;
}
