import { Transform } from 'node:stream';

const maxLength = 16 * 1024 * 1024;

/** A stream that changes the first line that goes through, and leaves the rest as it is. A line that never ends is let through. */
export function firstLine(change: (line: string) => string): Transform {
  let held: Buffer[] | undefined = [];
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!held) return done(null, chunk);
      held.push(chunk);
      length += chunk.length;
      if (!chunk.includes(0x0a) && length < maxLength) return done();
      const all = Buffer.concat(held);
      held = undefined;
      const end = all.indexOf(0x0a);
      if (end < 0) return done(null, all);
      this.push(Buffer.from(`${change(all.toString('latin1', 0, end))}\n`, 'latin1'));
      done(null, all.subarray(end + 1));
    },
    flush(done) {
      done(null, held && Buffer.concat(held));
    },
  });
}
