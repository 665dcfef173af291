import type { Activity } from '../../../events/activity.ts';
import { meter } from '../../../openstack/digests.ts';
import type { ImagesClient, ImagesEndpoint } from '../../../openstack/images.ts';
import { type CheckOutcome, pass } from '../../../verify/check.ts';
import { contentOf } from './content.ts';

const mib = 1024 * 1024;

/** Uploads so many bytes as the data of an image, and tells their digests. Throws RequestError. */
export async function uploadImage(
  client: ImagesClient,
  at: ImagesEndpoint,
  image: string,
  bytes: number,
  activity: Activity,
): Promise<CheckOutcome> {
  const measure = () => meter(['md5', 'sha512'], (done) => activity.transferred(done, bytes));
  let measured = measure();
  const chunks = (): Iterable<Uint8Array> => {
    measured = measure();
    return metered(contentOf(image, bytes), measured.add);
  };
  const begun = performance.now();
  await client.upload(at, image, { bytes, chunks });
  const { hashes } = measured.digests();
  const evidence = { image, bytes, md5: hashes.md5 ?? null, sha512: hashes.sha512 ?? null };
  return pass(`${bytes} bytes${rate(bytes, begun)}`, evidence);
}

/** `, 12.5 MiB/s`. */
export function rate(bytes: number, begun: number): string {
  const seconds = Math.max(0.001, (performance.now() - begun) / 1000);
  return `, ${(bytes / mib / seconds).toFixed(1)} MiB/s`;
}

function* metered(chunks: Iterable<Buffer>, add: (chunk: Buffer) => void): Generator<Buffer> {
  for (const chunk of chunks) {
    add(chunk);
    yield chunk;
  }
}
