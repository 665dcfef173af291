import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { summarizeJournal } from '../../src/plan/journal/summary.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-removed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const time = '2026-01-02T03:00:00.000Z';
const runs = (run: string, verb: string) => ({
  ...{ kind: 'run-started', time, run, verb, deployment: 'images', release: '2024.2' },
});
const changes = (run: string, id: string, exists: boolean, result = 'changed') => [
  {
    ...{ kind: 'step-started', time, run, step: id, node: id.split('/')[0] },
    ...{ action: exists ? 'create' : 'remove', changes: [{ property: 'exists', from: !exists, to: exists }] },
  },
  { kind: 'step-finished', time, run, step: id, node: id.split('/')[0], result, seconds: 0, reason: '' },
];
const made = [
  'n1/glance/package/oriel-glance',
  'n1/glance/file/glance-api.conf',
  'n1/windows/certificate/web',
  'n2/glance/file/glance-api.conf',
].flatMap((id) => changes('1', id, true));

test.each([
  [
    'a package takes along what its component had',
    'remove',
    'changed',
    ['n1/windows/certificate/web', 'n2/glance/file/glance-api.conf'],
  ],
  [
    'what could not be removed is remembered',
    'remove',
    'failed',
    [
      'n1/glance/package/oriel-glance',
      'n1/glance/file/glance-api.conf',
      'n1/windows/certificate/web',
      'n2/glance/file/glance-api.conf',
    ],
  ],
] as const)('%s', async (name, verb, result, remembered) => {
  const journal = join(folder, `${name}.jsonl`);
  const events = [
    runs('1', 'apply'),
    ...made,
    runs('2', verb),
    ...changes('2', 'n1/glance/package/oriel-glance', false, result),
  ];
  writeFileSync(journal, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  expect([...(await summarizeJournal(journal)).steps.keys()]).toEqual(remembered);
});
