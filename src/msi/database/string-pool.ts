import { BuildError } from '../../errors.ts';
import { type Codepage, chooseCodepage, decodeText, writeText } from './codepage.ts';

/** Every text of a database once, with how often it is used. Ids count from 1; 0 is null. */
export interface StringPool {
  /** Counts one use of `text` and gives its id. */
  readonly use: (text: string) => number;
  /** 2 or 3: bytes of an id in a table; 3 above 65,535 texts. */
  readonly indexBytes: () => 2 | 3;
  readonly encode: () => { readonly pool: Buffer; readonly data: Buffer; readonly codepage: Codepage };
}

const maxStrings = 0xff_ffff;
const maxStringBytes = 0xffff;

export function createStringPool(): StringPool {
  const ids = new Map<string, number>();
  const counts: number[] = [];
  return {
    use(text) {
      const known = ids.get(text);
      const id = known ?? ids.size + 1;
      if (known === undefined) ids.set(text, id);
      counts[id - 1] = (counts[id - 1] ?? 0) + 1;
      return id;
    },
    indexBytes: () => (ids.size > 0xffff ? 3 : 2),
    encode() {
      if (ids.size > maxStrings) throw new BuildError('the package needs more than 16,777,215 texts');
      const codepage = chooseCodepage(ids.keys());
      const pool = Buffer.alloc(4 + 4 * ids.size);
      pool.writeUInt32LE((codepage | (ids.size > 0xffff ? 0x8000_0000 : 0)) >>> 0, 0);
      let size = 0;
      for (const text of ids.keys()) size += codepage === 1252 ? text.length : Buffer.byteLength(text);
      const data = Buffer.alloc(size);
      let offset = 0;
      let at = 4;
      for (const [text, id] of ids) {
        const bytes = writeText(data, offset, text, codepage);
        // Readers disagree on how longer ones are kept, so none is written.
        if (bytes > maxStringBytes)
          throw new BuildError(`a text of ${bytes} bytes does not fit into a package (65,535)`);
        offset += bytes;
        pool.writeUInt16LE(bytes, at);
        // The count has 16 bits; Windows uses it only when rows are deleted.
        pool.writeUInt16LE(Math.min(counts[id - 1] ?? 0, 0xffff), at + 2);
        at += 4;
      }
      return { pool, data, codepage };
    },
  };
}

/** What `_StringPool` and `_StringData` hold: `texts[id]`, with null at 0 and for unused ids. */
export interface Strings {
  readonly codepage: number;
  readonly indexBytes: 2 | 3;
  readonly texts: readonly (string | null)[];
  readonly counts: readonly number[];
}

/** Texts that are read: twice as many as rows, and more than any package has. */
const maxStringsRead = 1_000_000;

/** Reads the two streams of a string pool; throws BuildError when they do not fit together. */
export function decodeStrings(pool: Buffer, data: Buffer): Strings {
  if (pool.length < 4) throw new BuildError('the string pool has no header');
  if (pool.length > 4 * maxStringsRead)
    throw new BuildError(`the string pool has more than ${maxStringsRead} texts`);
  const header = pool.readUInt32LE(0);
  const codepage = header & 0x7fff_ffff;
  const texts: (string | null)[] = [null];
  const counts: number[] = [0];
  let offset = 0;
  for (let at = 4; at + 4 <= pool.length; at += 4) {
    let length = pool.readUInt16LE(at);
    const count = pool.readUInt16LE(at + 2);
    // Above 64 KiB: a zero length, then the real one as 32 bits in the place of the next entry (as Wine reads it).
    if (length === 0 && count > 0 && at + 8 <= pool.length) {
      at += 4;
      length = pool.readUInt32LE(at);
    }
    if (offset + length > data.length)
      throw new BuildError(`the string pool says text ${texts.length} ends behind the string data`);
    texts.push(count > 0 ? decodeText(data.subarray(offset, offset + length), codepage) : null);
    counts.push(count);
    offset += length;
  }
  return { codepage, indexBytes: header >= 0x8000_0000 ? 3 : 2, texts, counts };
}
