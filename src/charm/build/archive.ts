import { type Zippable, zipSync } from 'fflate';

/** A file of a charm: its content, and whether it is a program. */
export interface CharmFile {
  readonly data: Uint8Array;
  readonly executable?: boolean;
}

const unix = 3;
/** The first time that a zip archive can hold, in seconds. */
const earliest = Date.UTC(1980, 0, 1) / 1000;

/**
 * The files as a zip archive with the modes of Unix, which Juju needs for `dispatch` (only files below hooks/ get an x bit from it).
 * The same files make the same bytes: in the order of their paths, with one time, in seconds since 1970.
 */
export function zipCharm(files: ReadonlyMap<string, CharmFile>, time: number): Uint8Array {
  const mtime = localTime(Math.max(time, earliest));
  const entries: Zippable = {};
  for (const path of [...files.keys()].sort()) {
    const file = files.get(path);
    if (!file) continue;
    const mode = 0o100000 | (file.executable ? 0o755 : 0o644);
    // Multiplied, as a shift would make it negative.
    entries[path] = [file.data, { level: 9, os: unix, attrs: mode * 0x10000, mtime }];
  }
  return zipSync(entries);
}

/** fflate writes the local fields of a time: a time whose local fields are those of UTC makes one archive in every time zone. */
function localTime(seconds: number): Date {
  const time = new Date(seconds * 1000);
  return new Date(
    time.getUTCFullYear(),
    time.getUTCMonth(),
    time.getUTCDate(),
    time.getUTCHours(),
    time.getUTCMinutes(),
    time.getUTCSeconds(),
  );
}
