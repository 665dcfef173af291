import { appendFileSync } from 'node:fs';
import type { Event } from '../../src/events/events.ts';

const time = '2026-01-02T03:04:05.678Z';

/** Writes a journal of many runs and gives the number of its events: `size` (even) in each run, as an apply of many nodes has them. */
export function writeJournal(path: string, runs: number, size: number): number {
  for (let index = 0; index < runs; index += 1) {
    const lines = eventsOf(`20260102T030405-${index.toString(16).padStart(6, '0')}`, size);
    appendFileSync(path, lines.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }
  return runs * size;
}

function eventsOf(run: string, size: number): readonly Event[] {
  const base = { time, run };
  const steps = Array.from({ length: size / 2 - 1 }, (_, index) => stepOf(base, index));
  const counts = { changed: steps.length, unchanged: 0, failed: 0, skipped: 0 };
  return [
    { ...base, kind: 'run-started', verb: 'apply', deployment: 'many', release: '2024.2', who: 'a@b' },
    ...steps.flat(),
    { ...base, kind: 'run-finished', verb: 'apply', ok: true, seconds: 3, ...counts },
  ];
}

/** A configuration file that is not in sync: its beginning, with all that is wanted of it, and its end. */
function stepOf(base: { readonly time: string; readonly run: string }, index: number): readonly Event[] {
  const node = `node-${index}`;
  const about = { ...base, node, step: `${node}/glance/file/glance-api.conf` };
  const desired = { exists: true, digest: 'hmac:9f2c4c1ab0a6d0f5'.padEnd(69, '0') };
  const changes = [{ property: 'digest', from: 'hmac:00', to: desired.digest }];
  return [
    { ...about, kind: 'step-started', action: 'update', changes, desired },
    { ...about, kind: 'step-finished', result: 'changed', seconds: 1.2, reason: 'content differs' },
  ];
}
