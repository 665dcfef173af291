import { deflateRaw } from 'node:zlib';
import { BuildError } from '../errors.ts';

/** A block of a cabinet holds at most this many plain bytes; it is also the window of the next block's dictionary. */
export const blockBytes = 32_768;
/** What a reader must be ready to take for one compressed block, "CK" included [MS-MCI 2.3]. */
const largestBlock = blockBytes + 12;

/**
 * Compresses one block on the thread pool. `dictionary` is the plain block before it in the same folder, so that blocks need
 * not wait for each other. Gives the whole CFDATA record: checksum, sizes, "CK", one deflate stream.
 */
export function deflateBlock(plain: Buffer, dictionary: Buffer | undefined, level: number): Promise<Buffer> {
  const options = { level, memLevel: 9, chunkSize: 36_864, ...(dictionary && { dictionary }) };
  return new Promise((resolve, reject) => {
    deflateRaw(plain, options, (error, packed) => {
      if (error) reject(error);
      else if (packed.length + 2 > largestBlock)
        reject(new BuildError('a block grew beyond the limit of MSZIP'));
      else resolve(dataRecord(packed, plain.length));
    });
  });
}

function dataRecord(packed: Buffer, plainBytes: number): Buffer {
  // Slow allocation starts at a multiple of eight, which lets the checksum run over 32-bit words.
  const record = Buffer.allocUnsafeSlow(10 + packed.length);
  record.writeUInt16LE(packed.length + 2, 4);
  record.writeUInt16LE(plainBytes, 6);
  record.write('CK', 8, 'latin1');
  packed.copy(record, 10);
  record.writeUInt32LE(checksum(record), 0);
  return record;
}

/** Checksum of a CFDATA record: XOR of the 32-bit words of its data, the odd bytes in reverse order, then of its two sizes. */
export function checksum(record: Buffer): number {
  const words = (record.length - 8) >> 2;
  let sum = 0;
  if (record.byteOffset % 4 === 0 && littleEndian) {
    const view = new Int32Array(record.buffer, record.byteOffset + 8, words);
    for (let i = 0; i < words; i++) sum ^= view[i] ?? 0;
  } else for (let i = 0; i < words; i++) sum ^= record.readInt32LE(8 + 4 * i);
  let rest = 0;
  for (let i = 8 + 4 * words; i < record.length; i++) rest = (rest << 8) | (record[i] ?? 0);
  return (sum ^ rest ^ record.readInt32LE(4)) >>> 0;
}

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
