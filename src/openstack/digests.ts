import { createHash, type Hash } from 'node:crypto';

export interface Digests {
  readonly bytes: number;
  /** Hex, by the name of the algorithm as OpenSSL and the Images API say it. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** Counts and hashes chunks as they pass; `digests` is of what passed so far, and told once. */
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
