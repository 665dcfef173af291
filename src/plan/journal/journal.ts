import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { FileError } from '../../errors.ts';
import { type Event, passing } from '../../events/events.ts';
import { asciiJson } from '../../session/agent-link/ascii-json.ts';

const passes: ReadonlySet<Event['kind']> = new Set(passing);

export interface Journal {
  /** On disk when it returns; a note only once something else is, or the system writes it. Throws FileError. */
  readonly append: (event: Event) => void;
  readonly close: () => void;
}

/**
 * Opens a journal to append: one JSON object a line, in ASCII, so that a terminal which shows the file acts on nothing in it. A line
 * that a crash tore off is closed, not continued.
 */
export function openJournal(path: string): Journal {
  const file = openSync(path, 'a+', 0o600);
  if (isTorn(file)) writeSync(file, '\n');
  return {
    append(event) {
      if (passes.has(event.kind)) return;
      try {
        writeSync(file, `${asciiJson(event)}\n`);
        // Nothing is decided by a note, and a node that prints without end must not make a run wait for the disk.
        if (event.kind !== 'note') fsyncSync(file);
      } catch (error) {
        const message = `cannot be written: ${(error as Error).message}`;
        throw new FileError(path, message, remedy, { cause: error }, true);
      }
    },
    close: () => closeSync(file),
  };
}

const remedy = 'The run ends here; the next one reads the state of the nodes first.';

function isTorn(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString('latin1') !== '\n';
}
