import { createReadStream } from 'node:fs';
import type { Event } from '../../events/events.ts';
import { journalGrammar } from '../../events/schema.ts';
import { idReader } from '../../resources/model/step-id.ts';
import { assertPlainFile } from './plain-file.ts';

/** What a piece of a journal gave: its events in order, and how many lines are none (torn by a crash, or written by others). */
export interface JournalChunk {
  readonly events: readonly Event[];
  readonly torn: number;
}

export interface ReadOptions {
  /** Only lines in which this text is. */
  readonly only?: string;
  /** The byte to begin at; the line that it is in the middle of is left out. */
  readonly from?: number;
  /** Ids of the steps of today: those that version 1 wrote become what they mean (step-id.ts). Without it they stay as they are. */
  readonly today?: readonly string[];
  /** Told the bytes read so far. */
  readonly onBytes?: (bytes: number) => void;
}

/** Bytes; no event comes near it, and a longer line is not kept to be looked at. */
const maxLineBytes = 1024 * 1024;
const newline = 0x0a;

/** Reads a journal piece by piece, never more of it at a time than a piece and a line; nothing where there is none. Throws FileError. */
export async function* readJournal(path: string, options: ReadOptions = {}): AsyncGenerator<JournalChunk> {
  const { only, from = 0, onBytes, today } = options;
  await assertPlainFile(path);
  const read = today && idReader(today);
  let bytes = 0;
  for await (const { lines, cut } of linesOf(path, from)) {
    const matching = only === undefined ? lines : lines.filter((line) => line.includes(only));
    const events = matching.flatMap((line) => parseEvent(line, read) ?? []);
    bytes += lines.reduce((sum, line) => sum + line.length + 1, 0);
    onBytes?.(bytes);
    yield { events, torn: matching.length - events.length + cut };
  }
}

interface LineChunk {
  readonly lines: readonly string[];
  /** Lines that were longer than any event. */
  readonly cut: number;
}

async function* linesOf(path: string, from: number): AsyncGenerator<LineChunk> {
  let rest = Buffer.alloc(0);
  // One byte earlier: where a line begins at `from`, only the end of the one before is left out.
  let skipping = from > 0;
  for await (const chunk of streamOf(path, Math.max(0, from - 1))) {
    let data = Buffer.concat([rest, chunk]);
    let cut = 0;
    if (skipping) {
      const end = data.indexOf(newline);
      if (end < 0) continue;
      data = data.subarray(end + 1);
      skipping = false;
    }
    const end = data.lastIndexOf(newline);
    const lines = end < 0 ? [] : data.subarray(0, end).toString('utf8').split('\n').filter(Boolean);
    rest = Buffer.from(data.subarray(end + 1));
    if (rest.length > maxLineBytes) {
      rest = Buffer.alloc(0);
      skipping = true;
      cut = 1;
    }
    yield { lines, cut };
  }
  if (rest.length > 0) yield { lines: [rest.toString('utf8')], cut: 0 };
}

async function* streamOf(path: string, start: number): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { start, highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
}

function parseEvent(line: string, read?: (id: string) => string): Event | undefined {
  try {
    const event = journalGrammar.safeParse(JSON.parse(line)).data;
    return event && read && 'step' in event ? { ...event, step: read(event.step) } : event;
  } catch {
    return undefined;
  }
}
