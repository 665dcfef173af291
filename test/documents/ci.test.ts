import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandsOf, problemOf, programOutlines } from '../../scripts/check/documents/commands.ts';
import type { CommandOutline } from '../../src/manual/outline.ts';
import { artefactsOf, installs, recipes } from './recipes.ts';

let outlines: readonly CommandOutline[] = [];
beforeAll(async () => {
  outlines = await programOutlines();
});

const script = readFileSync('examples/ci/deploy.sh', 'utf8');

describe.each(recipes())('the recipe $file', (recipe) => {
  test('gives the shell what it can read, and files that are there', () => {
    execFileSync('bash', ['-n'], { input: recipe.commands.join('\n') });
    const own = recipe.commands.filter((command) => !installs(command));
    expect(own).toEqual(['./deploy.sh']);
    expect(recipe.commands.join('\n')).toMatch(/npm install .*oriel/);
  });

  test.each(['dist/*.msi', 'dist/*.cdx.json', 'verify.xml', 'drift.xml'])('keeps %s', (file) => {
    expect(artefactsOf(recipe)).toContain(file);
  });
});

test('the script of the recipes is read by bash, and its verbs and options are there', () => {
  execFileSync('bash', ['-n'], { input: script });
  const commands = commandsOf('deploy.sh', script);
  expect(commands.map(({ words }) => words[0])).toEqual(
    expect.arrayContaining(['build', 'apply', 'verify', 'msi']),
  );
  expect(commands.flatMap((command) => problemOf(command, outlines) ?? [])).toEqual([]);
});
