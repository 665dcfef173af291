import { CheckError } from '../../../errors.ts';
import type { Activity } from '../../../events/activity.ts';
import { meter } from '../../../openstack/digests.ts';
import { type DiskFormat, diskFormats } from '../../../openstack/disk-formats.ts';
import type { Content } from '../../../openstack/image-request.ts';
import type { State } from '../../../resources/model/state.ts';
import { type CheckOutcome, pass } from '../../../verify/check.ts';
import { contentOf } from './content.ts';

const mib = 1024 * 1024;

/** What is uploaded, and into which store: the default one where none is named. */
export interface Upload {
  readonly image: string;
  readonly bytes: number;
  readonly format: DiskFormat;
  readonly store?: string;
}

/** Brings the data of an image to a service. Throws RequestError. */
export type Send = (content: Content) => Promise<void>;

/** Sends what an image is made of, and tells its digests. Throws RequestError. */
export async function uploadImage(send: Send, upload: Upload, activity: Activity): Promise<CheckOutcome> {
  const { image, bytes, format, store } = upload;
  const measure = () => meter(['md5', 'sha512'], (done) => activity.transferred(done, bytes));
  let measured = measure();
  const chunks = (): Iterable<Uint8Array> => {
    measured = measure();
    return metered(contentOf({ image, format }, bytes), measured.add);
  };
  const begun = performance.now();
  await send({ bytes, chunks });
  const { hashes } = measured.digests();
  const sent = { image, bytes, format, ...(store !== undefined && { store }) };
  const evidence = { ...sent, md5: hashes.md5 ?? null, sha512: hashes.sha512 ?? null };
  return pass(`${bytes} bytes${format === 'raw' ? '' : ` as ${format}`}${rate(bytes, begun)}`, evidence);
}

/** What was uploaded, as the evidence of the check that did it says. Throws CheckError where nothing was. */
export function uploadIn({ image, bytes, format, store }: State, node: string): Upload {
  const known = diskFormats.find((each) => each === format);
  if (typeof image !== 'string' || typeof bytes !== 'number' || !known)
    throw new CheckError(node, 'verify', 'nothing was sent');
  return { image, bytes, format: known, ...(typeof store === 'string' && { store }) };
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
