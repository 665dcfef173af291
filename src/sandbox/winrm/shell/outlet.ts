import { Writable } from 'node:stream';

export type StreamName = 'stdout' | 'stderr';

export interface Piece {
  readonly stream: StreamName;
  readonly data: Buffer;
}

/** What a program has written and nobody has fetched yet. */
export interface Outlet {
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** The next bytes, at most so many, in the order in which they were written. */
  readonly take: (most: number) => readonly Piece[];
  readonly isEmpty: () => boolean;
  /** Calls back each time when something was written. */
  readonly onChange: (listener: () => void) => void;
}

/** Bytes that wait to be fetched; a program that writes more waits, as at a pipe of Windows. */
const mostWaiting = 1024 * 1024;

export function outlet(): Outlet {
  const pieces: Piece[] = [];
  let waiting = 0;
  let writers: (() => void)[] = [];
  const listeners: (() => void)[] = [];
  const stream = (name: StreamName): Writable =>
    new Writable({
      write(data: Buffer, _encoding, done) {
        pieces.push({ stream: name, data });
        waiting += data.length;
        if (waiting < mostWaiting) done();
        else writers.push(done);
        for (const listener of listeners) listener();
      },
    }).on('error', () => {});
  return {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    take(most) {
      const taken: Piece[] = [];
      let left = most;
      for (let piece = pieces[0]; piece && left > 0; piece = pieces[0]) {
        const data = piece.data.subarray(0, left);
        taken.push({ stream: piece.stream, data });
        left -= data.length;
        if (data.length === piece.data.length) pieces.shift();
        else pieces[0] = { stream: piece.stream, data: piece.data.subarray(data.length) };
      }
      waiting -= most - left;
      const ready = writers;
      writers = [];
      for (const done of ready) done();
      return joined(taken);
    },
    isEmpty: () => pieces.length === 0,
    onChange: (listener) => void listeners.push(listener),
  };
}

/** Neighbours of one stream as one: an element for each would need more room than what is in it. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const runs: { readonly stream: StreamName; readonly parts: Buffer[] }[] = [];
  for (const { stream, data } of pieces) {
    const last = runs.at(-1);
    if (last?.stream === stream) last.parts.push(data);
    else runs.push({ stream, parts: [data] });
  }
  return runs.map(({ stream, parts }) => ({ stream, data: Buffer.concat(parts) }));
}
