import { createCipheriv, createHash, type Hash } from 'node:crypto';

const block = 256 * 1024;

/** Bytes that look random and are the same for the same seed: AES-256 in counter mode over zeros. Yields at most 256 KiB at once. */
export function* contentOf(seed: string, bytes: number): Generator<Buffer> {
  const key = createHash('sha256').update(seed).digest();
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  for (let left = bytes; left > 0; left -= block) yield cipher.update(Buffer.alloc(Math.min(block, left)));
}

export interface Digests {
  readonly bytes: number;
  /** Hex, by the name of the algorithm as OpenSSL and Glance say it. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** Hands chunks through and counts and hashes them on the way; `digests` is what went through so far, told once. */
export function meter(
  algorithms: readonly string[],
  onBytes: (bytes: number) => void,
): { readonly add: (chunk: Uint8Array) => void; readonly digests: () => Digests } {
  const hashes = algorithms.map((algorithm): [string, Hash] => [algorithm, createHash(algorithm)]);
  let bytes = 0;
  return {
    add(chunk) {
      bytes += chunk.length;
      for (const [, hash] of hashes) hash.update(chunk);
      onBytes(bytes);
    },
    digests: () => ({
      bytes,
      hashes: Object.fromEntries(hashes.map(([algorithm, hash]) => [algorithm, hash.digest('hex')])),
    }),
  };
}

/** The digests that content made from a seed has, without keeping it. */
export function digestsOf(seed: string, bytes: number, algorithms: readonly string[]): Digests {
  const { add, digests } = meter(algorithms, () => {});
  for (const chunk of contentOf(seed, bytes)) add(chunk);
  return digests();
}
