import { appendFileSync } from 'node:fs';
import type { Event } from '../../src/plan/events.ts';

const time = '2026-01-02T03:04:05.678Z';

/** Writes a journal of many runs and gives the number of its events: `size` in each run, as an apply of many nodes has them. */
export function writeJournal(path: string, runs: number, size: number): number {
  for (let index = 0; index < runs; index += 1) {
    const lines = eventsOf(`20260102T030405-${index.toString(16).padStart(6, '0')}`, size);
    appendFileSync(path, lines.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }
  return runs * size;
}

function eventsOf(run: string, size: number): readonly Event[] {
  const base = { time, run };
  const counts = { changed: size - 2, unchanged: 0, failed: 0, skipped: 0 };
  const steps = Array.from({ length: size - 2 }, (_, index): Event => {
    const about = { node: `node-${index}`, step: `node-${index}/file/glance-api.conf` };
    return {
      ...base,
      kind: 'step-finished',
      ...about,
      result: 'changed',
      seconds: 1.2,
      reason: 'content differs',
    };
  });
  return [
    { ...base, kind: 'run-started', verb: 'apply', deployment: 'many', release: '2024.2', who: 'a@b' },
    ...steps,
    { ...base, kind: 'run-finished', verb: 'apply', ok: true, seconds: 3, ...counts },
  ];
}
