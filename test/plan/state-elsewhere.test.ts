import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deploymentsIn, journalPath, openStateFolder, readSalt } from '../../src/plan/run/state-folder.ts';
import { runProgram } from '../../src/program.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oriel-state-'));
  vi.stubEnv('ORIEL_STATE', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('a site folder that takes no file keeps its state where --state says', async () => {
  const site = join(folder, 'site');
  mkdirSync(site);
  // A file in the place of `.oriel` stops root as well, whom modes do not.
  writeFileSync(join(site, '.oriel'), '');
  const deployment = { directory: site, name: 'images' };
  await expect(openStateFolder(deployment)).rejects.toMatchObject({
    remedy: expect.stringContaining('--state FOLDER'),
  });

  const state = join(folder, 'state');
  const said: string[] = [];
  const around = {
    writeOut: () => {},
    writeErr: (text: string) => void said.push(text),
    within: async () => 0,
  };
  expect(await runProgram(['--state', state, 'version'], around)).toBe(0);
  expect(said).toEqual([]);
  const { journal, salt } = await openStateFolder(deployment);
  expect(journal).toBe(join(state, 'images', 'journal.jsonl'));
  expect(journalPath(deployment)).toBe(journal);
  expect(await readSalt(deployment)).toBe(salt);
  writeFileSync(journal, '');
  expect(await deploymentsIn(site)).toEqual(['images']);
  expect(existsSync(join(site, '.oriel', 'images'))).toBe(false);
});
