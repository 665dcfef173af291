import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readJournal } from '../../src/plan/journal/read-journal.ts';
import {
  deploymentsIn,
  journalPath,
  lookIntoStateFolder,
  openStateFolder,
  readSalt,
} from '../../src/plan/run/state-folder.ts';
import { runProgram } from '../../src/program.ts';
import { oriel, workspace } from '../commands/workspace.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oriel-state-'));
  vi.stubEnv('ORIEL_STATE', '');
  vi.stubEnv('ORIEL_CACHE', join(folder, 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('who only looks goes on with a site folder that takes no file (deploy row 17)', async () => {
  const site = join(folder, 'site');
  mkdirSync(site);
  writeFileSync(join(site, '.oriel'), '');
  const deployment = { directory: site, name: 'images' };
  const [first, second] = [await lookIntoStateFolder(deployment), await lookIntoStateFolder(deployment)];
  expect(first.unkept).toMatch(/\.oriel\/images: cannot be written: a part of its path is a file/);
  expect(first.salt).toMatch(/^[0-9a-f]{64}$/);
  expect(second.salt).not.toBe(first.salt);
  for await (const chunk of readJournal(first.journal)) expect(chunk).toBeUndefined();
  expect(readFileSync(join(site, '.oriel'), 'utf8')).toBe('');
  // What is wrong with the files of a folder is told, whoever looks.
  mkdirSync(join(folder, '.oriel', 'images', 'journal.jsonl'), { recursive: true });
  await expect(lookIntoStateFolder({ directory: folder, name: 'images' })).rejects.toThrow('is a directory');
});

test.each(['plan', 'status', 'drift', 'graph'])(
  'oriel %s says so, and looks (deploy row 17)',
  async (verb) => {
    const place = workspace(folder);
    writeFileSync(join(place, '.oriel'), '');
    const built = { version: '29.2.1', name: 'oriel-glance-29.2.1.msi', bytes: 2, origin: 'made' };
    mkdirSync(join(place, 'dist'));
    writeFileSync(join(place, 'dist', 'oriel-glance-29.2.1.msi'), 'no');
    writeFileSync(
      join(place, 'dist', 'oriel-glance-29.2.1.json'),
      JSON.stringify({
        ...{ ...built, sha256: createHash('sha256').update('no').digest('hex'), productName: 'Oriel Glance' },
        ...{ productCode: `{${'1'.repeat(8)}-1111-1111-1111-${'1'.repeat(12)}}`, files: 0, inputs: '' },
        upgradeCode: `{${'2'.repeat(8)}-2222-2222-2222-${'2'.repeat(12)}}`,
      }),
    );
    const { code, text } = await oriel(verb, join(place, 'site.yaml'));
    // The only node is at a port where nobody listens.
    expect(code, text).toBe(verb === 'graph' ? 0 : 1);
    expect(text).toContain('nothing is kept of this look');
    if (verb !== 'plan') return;
    const refused = await oriel('plan', join(place, 'site.yaml'), '--out', join(place, 'change.json'));
    expect(refused).toMatchObject({ code: 2, text: expect.stringContaining('--state FOLDER') });
  },
);

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
