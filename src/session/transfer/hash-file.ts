import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** SHA-256 in hex of the first `length` bytes of a local file (all of it when absent). */
export function sha256OfFile(path: string, length?: number): Promise<string> {
  const hash = createHash('sha256');
  if (length === 0) return Promise.resolve(hash.digest('hex'));
  const stream = createReadStream(path, length === undefined ? {} : { end: length - 1 });
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk) => hash.update(chunk));
    stream.on('error', reject);
    stream.on('end', () => resolve(hash.digest('hex')));
  });
}
