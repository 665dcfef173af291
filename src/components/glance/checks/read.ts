import { getHashes } from 'node:crypto';
import type { Activity } from '../../../events/activity.ts';
import type { ImagesEndpoint } from '../../../openstack/image-request.ts';
import type { ImagesClient } from '../../../openstack/images.ts';
import type { State } from '../../../resources/model/state.ts';
import { type CheckOutcome, fail, pass } from '../../../verify/check.ts';
import { compare } from './compare.ts';
import { contentDigests, contentPart, type Seed } from './content.ts';
import { rate, uploadIn } from './upload.ts';

/** Reads an image through a node and holds it to what the check that sent it has measured. Throws RequestError. */
export async function readImage(
  client: ImagesClient,
  at: ImagesEndpoint,
  sent: State,
  activity: Activity,
): Promise<CheckOutcome> {
  const { image, bytes, format, store } = uploadIn(sent, at.service);
  const { md5, sha512, from } = sent;
  const seed = { image, format };
  const shown = await client.show(at, image);
  if (shown.status !== 'active') return fail(`the image is ${shown.status}, not active`);
  if (shown.disk_format !== format) return fail(`the image is ${shown.disk_format}, sent was ${format}`);
  if (store !== undefined && !shown.stores?.split(',').includes(store))
    return fail(`the image is in ${shown.stores ?? 'no store'}, not in ${store}`);
  const algorithm = shown.os_hash_algo ?? 'sha512';
  if (!getHashes().includes(algorithm)) return fail(`unknown hash algorithm ${algorithm}`);
  const begun = performance.now();
  const moved = (done: number): void => activity.transferred(done, bytes);
  const got = await client.download(at, image, bytes, ['md5', algorithm], moved);
  const known = { md5: String(md5), sha512: String(sha512) };
  const more = algorithm in known ? {} : contentDigests(seed, bytes, [algorithm]).hashes;
  const differences = compare({ bytes, hashes: { ...known, ...more } }, shown, got);
  if (differences.length > 0) return fail(differences.join('; '));
  const part = await readPart(client, at, seed, bytes);
  if (part !== undefined && !part) return fail('a part of the image is not that part of what was sent');
  const ranges = part === undefined ? 'whole images alone' : 'a part was read too';
  const hash = got.hashes[algorithm] ?? null;
  const evidence = { image, bytes: got.bytes, md5: got.hashes.md5 ?? null, [algorithm]: hash, ranges };
  const took = rate(got.bytes, begun);
  return pass(`${got.bytes} bytes of ${String(from)}, both checksums equal${took}`, evidence);
}

/** A part that is no multiple of anything; at most so many bytes, over the middle of the image. */
const partBytes = 65_537;

/** Whether a part of an image is what was sent there; undefined where the service has no parts. */
async function readPart(
  client: ImagesClient,
  at: ImagesEndpoint,
  seed: Seed,
  bytes: number,
): Promise<boolean | undefined> {
  const size = Math.min(partBytes, bytes);
  if (size === 0) return undefined;
  const offset = Math.floor((bytes - size) / 2);
  const part = await client.downloadPart(at, seed.image, offset, size);
  return part?.equals(contentPart(seed, offset, size));
}
