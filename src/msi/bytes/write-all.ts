import { writeSync } from 'node:fs';

/** Writes `parts` one behind the other into the open file `fd`, from `position` on. Gives the position behind them. */
export function writeAll(fd: number, parts: readonly Uint8Array[], position: number): number {
  const bytes = Buffer.concat(parts);
  let at = 0;
  // A write to a full disk or a network share may take a part only; the next one then says why.
  while (at < bytes.length) at += writeSync(fd, bytes, at, bytes.length - at, position + at);
  return position + at;
}
