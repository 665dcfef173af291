/** The longest line either side takes: 16 MiB. A longer one is an error of the other side, not data. */
export const maxLine = 16 * 1024 * 1024;

/**
 * Cuts a byte stream into lines (LF or CRLF, decoded as UTF-8 once whole) and hands each to `onLine`. Gives a function to feed with
 * chunks. After a line above `limit` bytes it calls `tooLong` once and takes no more; with `shorten` the rest of that line is let go.
 */
export function lineCutter(
  onLine: (line: string) => void,
  tooLong: (() => void) | 'shorten',
  limit = maxLine,
): (chunk: Buffer) => void {
  // One buffer that grows: an array of chunks costs a hundred times its bytes where they come one by one.
  let pending = Buffer.alloc(0);
  let kept = 0;
  let closed = false;
  const keep = (piece: Buffer): void => {
    if (kept + piece.length > pending.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * pending.length, kept + piece.length));
      pending.copy(larger, 0, 0, kept);
      pending = larger;
    }
    kept += piece.copy(pending, kept);
  };
  const finish = (last: Buffer): void => {
    let line = last;
    if (kept > 0) {
      keep(last);
      line = pending.subarray(0, kept);
    }
    const text = line.toString('utf8');
    pending = Buffer.alloc(0);
    kept = 0;
    onLine(text.endsWith('\r') ? text.slice(0, -1) : text);
  };
  return (chunk) => {
    for (let from = 0; !closed && from < chunk.length; ) {
      const end = chunk.indexOf(0x0a, from);
      const piece = chunk.subarray(from, end < 0 ? chunk.length : end);
      from += piece.length + 1;
      const fitting = piece.subarray(0, limit - kept);
      if (fitting.length < piece.length && tooLong !== 'shorten') {
        closed = true;
        pending = Buffer.alloc(0);
        tooLong();
      } else if (end < 0) keep(fitting);
      else finish(fitting);
    }
  };
}
