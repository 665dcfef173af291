/** The longest line either side takes: 16 MiB. A longer one is an error of the other side, not data. */
export const maxLine = 16 * 1024 * 1024;

/**
 * Cuts a byte stream into lines (LF or CRLF, decoded as UTF-8 once whole) and hands each to `onLine`.
 * Gives a function to feed with chunks. After a line above `limit` bytes it calls `onTooLong` once and takes no more.
 */
export function lineCutter(
  onLine: (line: string) => void,
  onTooLong: () => void,
  limit = maxLine,
): (chunk: Buffer) => void {
  let pending: Buffer[] = [];
  let size = 0;
  let closed = false;
  const finish = (last: Buffer): void => {
    const text = Buffer.concat([...pending, last]).toString('utf8');
    pending = [];
    size = 0;
    onLine(text.endsWith('\r') ? text.slice(0, -1) : text);
  };
  return (chunk) => {
    let from = 0;
    while (!closed) {
      const end = chunk.indexOf(0x0a, from);
      size += (end < 0 ? chunk.length : end) - from;
      if (size > limit) {
        closed = true;
        pending = [];
        onTooLong();
      } else if (end < 0) {
        if (from < chunk.length) pending.push(chunk.subarray(from));
        return;
      } else {
        finish(chunk.subarray(from, end));
        from = end + 1;
      }
    }
  };
}
