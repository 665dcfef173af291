import { createCipheriv, createHash } from 'node:crypto';
import { type Digests, meter } from '../../../openstack/digests.ts';
import type { DiskFormat } from '../../../openstack/disk-formats.ts';

const blockBytes = 256 * 1024;

/** How the data of each format begins, so that who looks takes it for that; behind it there is no disk. */
const marks: Readonly<Record<DiskFormat, string>> = {
  raw: '',
  // Magic, version 3, no backing file, clusters of 64 KiB, 1 MiB (docs/interop/qcow2.txt of QEMU): Glance reads the size.
  qcow2: `QFI\xfb\0\0\0\x03${'\0'.repeat(15)}\x10\0\0\0\0\0\x10\0\0`,
  // The footer that a dynamic disk begins with, original and current size 1 MiB.
  vhd: `conectix${'\0'.repeat(32)}${'\0\0\0\0\0\x10\0\0'.repeat(2)}`,
  vhdx: 'vhdxfile',
};

/** What the data of an image is made from. */
export interface Seed {
  readonly image: string;
  readonly format: DiskFormat;
}

/**
 * Bytes that look random and are the same for the same seed: AES-256 in counter mode over zeros, behind the mark of their format.
 * Yields at most 256 KiB at once.
 */
export function* contentOf({ image, format }: Seed, bytes: number): Generator<Buffer> {
  const key = createHash('sha256').update(image).digest();
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  let mark = marks[format];
  for (let left = bytes; left > 0; left -= blockBytes) {
    const block = cipher.update(Buffer.alloc(Math.min(blockBytes, left)));
    block.write(mark, 'latin1');
    mark = '';
    yield block;
  }
}

/** So many bytes of that content, from an offset on. */
export function contentPart(seed: Seed, offset: number, bytes: number): Buffer {
  let seen = 0;
  const parts: Buffer[] = [];
  for (const chunk of contentOf(seed, offset + bytes)) {
    parts.push(chunk.subarray(Math.max(0, offset - seen)));
    seen += chunk.length;
  }
  return Buffer.concat(parts);
}

/** The digests that content made from a seed has, without keeping it. */
export function contentDigests(seed: Seed, bytes: number, algorithms: readonly string[]): Digests {
  const { add, digests } = meter(algorithms, () => {});
  for (const chunk of contentOf(seed, bytes)) add(chunk);
  return digests();
}
