import { closeSync, openSync, writeSync } from 'node:fs';
import { FileError, InputError } from '../../errors.ts';
import type { Recorder } from '../recorder.ts';
import { type RecordHead, type RecordLine, recordVersion } from './format.ts';
import { withoutSecrets } from './without-secrets.ts';

/** A record that is being written. */
export interface OpenRecord extends Recorder {
  /** Nothing is written later. Gives why the record is not whole, where it is not. */
  readonly close: () => FileError | undefined;
}

/**
 * Begins a record in a new file that its owner alone can read (docs/reference/nodes/record.md). Each line is in the file before the run goes on, so
 * that one that dies leaves what it knew. Throws InputError where the file exists, or cannot be made.
 */
export function openRecord(path: string, { oriel, verb }: Pick<RecordHead, 'oriel' | 'verb'>): OpenRecord {
  const file = madeFile(path);
  const counts = new Map<string, number>();
  let isOpen = true;
  let failure: Error | undefined;
  const write = (line: RecordLine | RecordHead): void => {
    // An answer may come when nobody waits for it any more.
    if (!isOpen || failure) return;
    try {
      writeSync(file, `${JSON.stringify(line)}\n`);
    } catch (error) {
      // Nodes are not left half changed because of it.
      failure = error as Error;
    }
  };
  write({ record: recordVersion, oriel, verb, started: new Date().toISOString() });
  return {
    ask(node, asked) {
      const n = (counts.get(node) ?? 0) + 1;
      counts.set(node, n);
      write({ node, n, ask: withoutSecrets(asked) });
      return (answer) => write({ node, n, ...withoutSecrets(answer) });
    },
    printed: (node, line) => write({ node, n: counts.get(node) ?? 1, printed: withoutSecrets(line) }),
    close() {
      isOpen = false;
      closeSync(file);
      return (
        failure &&
        new FileError(path, `the record is not whole: ${failure.message}`, undefined, undefined, true)
      );
    },
  };
}

function madeFile(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const exists = code === 'EEXIST';
    const hint = exists
      ? 'each run has a record of its own: name a new file'
      : 'name a file that can be made';
    throw new InputError([
      { message: `--record ${path} ${exists ? 'exists already' : `cannot be made: ${message}`}`, hint },
    ]);
  }
}
