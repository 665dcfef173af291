import { createCipheriv, createHash } from 'node:crypto';
import { type Digests, meter } from '../../../openstack/digests.ts';

const blockBytes = 256 * 1024;

/** Bytes that look random and are the same for the same seed: AES-256 in counter mode over zeros. Yields at most 256 KiB at once. */
export function* contentOf(seed: string, bytes: number): Generator<Buffer> {
  const key = createHash('sha256').update(seed).digest();
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  for (let left = bytes; left > 0; left -= blockBytes)
    yield cipher.update(Buffer.alloc(Math.min(blockBytes, left)));
}

/** So many bytes of that content, from an offset on. */
export function contentPart(seed: string, offset: number, bytes: number): Buffer {
  let seen = 0;
  const parts: Buffer[] = [];
  for (const chunk of contentOf(seed, offset + bytes)) {
    parts.push(chunk.subarray(Math.max(0, offset - seen)));
    seen += chunk.length;
  }
  return Buffer.concat(parts);
}

/** The digests that content made from a seed has, without keeping it. */
export function contentDigests(seed: string, bytes: number, algorithms: readonly string[]): Digests {
  const { add, digests } = meter(algorithms, () => {});
  for (const chunk of contentOf(seed, bytes)) add(chunk);
  return digests();
}
