import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import type { Event } from './events.ts';

/** Kinds that are only for who watches: many, and worth nothing afterwards. */
const passing: ReadonlySet<Event['kind']> = new Set(['step-progress', 'build-progress']);

export interface Journal {
  /** On disk when it returns. */
  readonly append: (event: Event) => void;
  readonly close: () => void;
}

/** Opens a journal to append: one JSON object a line. A line that a crash tore off is closed, not continued. */
export function openJournal(path: string): Journal {
  const file = openSync(path, 'a+', 0o600);
  if (isTorn(file)) writeSync(file, '\n');
  return {
    append(event) {
      if (passing.has(event.kind)) return;
      writeSync(file, `${JSON.stringify(event)}\n`);
      fsyncSync(file);
    },
    close: () => closeSync(file),
  };
}

function isTorn(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString('latin1') !== '\n';
}

/** All events of a journal that can be read, oldest first, and how many lines could not; none where there is no journal. */
export function readJournal(path: string): { readonly events: readonly Event[]; readonly torn: number } {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  const events = lines.flatMap((line) => parseEvent(line) ?? []);
  return { events, torn: lines.length - events.length };
}

function parseEvent(line: string): Event | undefined {
  try {
    const event = JSON.parse(line);
    return typeof event?.kind === 'string' && typeof event.time === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}
