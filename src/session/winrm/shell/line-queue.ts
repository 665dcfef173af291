import { numberedLine } from '../../agent-link/numbered-line.ts';

/** Numbered lines of which it is not known that they arrived. */
export interface LineQueue {
  readonly length: number;
  /** How many lines there ever were. */
  readonly count: number;
  /** A line of ASCII without its end. */
  add(text: string): void;
  /** The next bytes, at most so many; from the middle of a line on whose beginning arrived. */
  next(most: number): Buffer;
  /** So many bytes of `next` arrived. */
  arrived(bytes: number): void;
  /** The other end has seen the lines up to this one: the next bytes begin with the line behind it. Throws Error where that one is gone. */
  seen(line: number): void;
}

export function lineQueue(): LineQueue {
  const lines: { readonly number: number; readonly bytes: Buffer }[] = [];
  let count = 0;
  /** Bytes of the first line that arrived. */
  let offset = 0;
  return {
    get length() {
      return lines.length;
    },
    get count() {
      return count;
    },
    add(text) {
      count += 1;
      lines.push({ number: count, bytes: Buffer.from(numberedLine(count, text), 'latin1') });
    },
    next(most) {
      const parts: Buffer[] = [];
      let room = most;
      for (let index = 0, from = offset; index < lines.length && room > 0; index += 1, from = 0) {
        const part = lines[index]?.bytes.subarray(from, from + room) ?? Buffer.alloc(0);
        room -= part.length;
        parts.push(part);
      }
      return Buffer.concat(parts);
    },
    arrived(bytes) {
      let left = offset + bytes;
      let whole = 0;
      for (let line = lines[0]; line && left >= line.bytes.length; line = lines[whole]) {
        left -= line.bytes.length;
        whole += 1;
      }
      lines.splice(0, whole);
      offset = left;
    },
    seen(line) {
      const first = lines.findIndex(({ number }) => number > line);
      lines.splice(0, first < 0 ? lines.length : first);
      offset = 0;
      if (line + 1 < (lines[0]?.number ?? count + 1)) throw new Error('a request was lost on the way');
    },
  };
}
