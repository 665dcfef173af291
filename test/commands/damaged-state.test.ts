import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { oriel, workspace } from './workspace.ts';

const before = process.env.ORIEL_CACHE;
const root = mkdtempSync(join(tmpdir(), 'oriel-damaged-'));
afterAll(() => {
  if (before === undefined) delete process.env.ORIEL_CACHE;
  else process.env.ORIEL_CACHE = before;
  rmSync(root, { recursive: true, force: true });
});

describe('the state beside a site', () => {
  const verbs = [
    ['plan', ['plan', 'SITE']],
    ['apply', ['apply', 'SITE', '--yes']],
    ['status', ['status', 'SITE']],
    ['drift', ['drift', 'SITE']],
    ['rollback', ['rollback', 'SITE', '--yes']],
    ['remove', ['remove', 'SITE', '--yes']],
    ['history', ['history', 'SITE']],
    ['show', ['show', 'last', 'SITE']],
  ] as const;
  const damages: readonly (readonly [string, (state: string) => void])[] = [
    [
      'a file in its place',
      (state) => {
        rmSync(state, { recursive: true });
        writeFileSync(state, 'x');
      },
    ],
    ['a torn journal', (state) => writeFileSync(join(state, 'journal.jsonl'), '{"time":"2026-')],
    ['a directory in the place of the journal', (state) => mkdirSync(join(state, 'journal.jsonl'))],
    ['a torn salt', (state) => writeFileSync(join(state, 'salt'), 'abc')],
    ['a torn lock', (state) => writeFileSync(join(state, 'lock'), '{"pid":')],
    ['a directory in the place of the lock', (state) => mkdirSync(join(state, 'lock'))],
  ];
  test.each(damages)('%s ends no verb with an error of ours', async (_, damage) => {
    for (const [name, argv] of verbs) {
      const folder = workspace(root);
      const state = join(folder, '.oriel', 'images');
      mkdirSync(state, { recursive: true });
      damage(state);
      const said = await oriel(...argv.map((word) => (word === 'SITE' ? join(folder, 'site.yaml') : word)));
      expect(said.code, `${name}: ${said.text}`).not.toBe(70);
      expect(said.text, name).not.toMatch(/\n\s+at .*\.ts:\d+/);
    }
  });
});
