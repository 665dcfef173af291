import type { TransformOptions } from 'node:stream';
import { constants, createDeflateRaw, type ZlibOptions } from 'node:zlib';
import { InternalError } from '../../errors.ts';
import type { Segment } from './segment.ts';
import { blockBytes } from './segment.ts';

/** An empty last block with fixed codes [RFC 1951 3.2.6]: what ends a block's stream. */
const end = Buffer.from([0x03, 0x00]);

/**
 * Compresses a segment on the thread pool and gives its CFDATA records. One stream runs through all of it, so that each block has
 * the block before it as its dictionary without being told; every block is flushed to whole bytes and ended for itself, as
 * MSZIP wants it [MS-MCI 2.3].
 */
export function deflateSegment({ plain, dictionary }: Segment, level: number): Promise<Buffer[]> {
  const options: ZlibOptions & Pick<TransformOptions, 'readableHighWaterMark'> = {
    level,
    memLevel: 9,
    flush: constants.Z_SYNC_FLUSH,
    chunkSize: 2 * blockBytes,
    // More than a block can become: what is read is the whole of it.
    readableHighWaterMark: 8 * blockBytes,
    ...(dictionary && { dictionary }),
  };
  const engine = createDeflateRaw(options);
  const records: Buffer[] = [];
  return new Promise<Buffer[]>((resolve, reject) => {
    engine.on('error', reject);
    const next = (at: number) => {
      if (at >= plain.length) return resolve(records);
      const block = plain.subarray(at, at + blockBytes);
      engine.write(block, () => {
        const packed = engine.read() as Buffer | null;
        if (packed === null) return reject(new InternalError('zlib gave nothing for a block'));
        records.push(dataRecord(block, packed));
        next(at + block.length);
      });
    };
    next(0);
  }).finally(() => engine.destroy());
}

/** Checksum, sizes, "CK", and the block; as it is where packing it would make it longer. */
function dataRecord(plain: Buffer, packed: Buffer): Buffer {
  const parts =
    packed.length + end.length < plain.length + 5 ? [packed, end] : [storedHead(plain.length), plain];
  const length = parts.reduce((sum, part) => sum + part.length, 2);
  // Slow allocation starts at a multiple of eight, which lets the checksum run over 32-bit words.
  const record = Buffer.allocUnsafeSlow(8 + length);
  record.writeUInt16LE(length, 4);
  record.writeUInt16LE(plain.length, 6);
  record.write('CK', 8, 'latin1');
  let at = 10;
  for (const part of parts) at += part.copy(record, at);
  record.writeUInt32LE(checksum(record), 0);
  return record;
}

/** A last block that is not compressed [RFC 1951 3.2.4]. It keeps within the bound of MSZIP: 12 bytes more than the plain ones. */
function storedHead(length: number): Buffer {
  const head = Buffer.alloc(5);
  head[0] = 1;
  head.writeUInt16LE(length, 1);
  head.writeUInt16LE(~length & 0xffff, 3);
  return head;
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
