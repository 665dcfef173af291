import { getHashes } from 'node:crypto';
import { RequestError, ResourceError } from '../errors.ts';
import { type Activity, startActivity } from '../events/activity.ts';
import type { Emit } from '../events/events.ts';
import type { Access } from '../openstack/access.ts';
import { type Digests, meter } from '../openstack/digests.ts';
import { send } from '../openstack/http.ts';
import { type Image, type ImagesClient, type ImagesEndpoint, imagesClient } from '../openstack/images.ts';
import type { State } from '../resources/model/state.ts';
import { type Check, checkId, checksFor } from './checks.ts';
import { compare } from './compare.ts';
import { contentOf, digestsOf } from './content.ts';
import type { CheckResult } from './timed-check.ts';
import { type Found, timedCheck } from './timed-check.ts';

/** One node's image service as a client sees it. */
export interface Target extends ImagesEndpoint {
  readonly node: string;
  /** `/healthcheck`. */
  readonly health: string;
}

export interface VerifyOptions {
  readonly targets: readonly Target[];
  /** What makes us known to the image service. */
  readonly access: Access;
  /** Size of each image. */
  readonly bytes: number;
  readonly emit: Emit;
  /** Aborted: no further check but those that clean up. */
  readonly signal: AbortSignal;
}

/** What is known of the images while the checks run, by the node that each is uploaded through. */
interface Stored {
  readonly image: Image;
  readonly sent?: Digests;
}

interface Finding {
  readonly message: string;
  readonly facts: State;
}

interface Context extends VerifyOptions {
  readonly client: ImagesClient;
  readonly stored: Map<string, Stored>;
}

const mib = 1024 * 1024;

/** What can be done about a status of Glance that says little by itself (glance/api/v2/image_data.py, upload). */
const remedies: Readonly<Record<number, string>> = {
  401: 'see [keystone_authtoken] on the node and the clock of both sides',
  410: 'the store was not there when the service started: make the share reachable, then restart the service',
  413: 'the size limit, the quota or the disk of the share is reached',
  503: "the service's account may not write to the share, or the identity service is away",
};

/** Runs every check, one after another, and tells each as it ends. A check is red when it fails or what it needs is. */
export async function verify(options: VerifyOptions): Promise<readonly CheckResult[]> {
  const client = imagesClient({ access: options.access, signal: options.signal, remedies });
  const context: Context = { ...options, client, stored: new Map() };
  const results: CheckResult[] = [];
  const red = new Set<string>();
  for (const check of checksFor(options.targets.map(({ node }) => node))) {
    const result = await runCheck(check, context, red);
    if (!result.ok) red.add(checkId(check));
    results.push(result);
    options.emit(result);
  }
  return results;
}

function runCheck(check: Check, context: Context, red: ReadonlySet<string>): Promise<CheckResult> {
  const { node } = check;
  const name = checkId(check).slice(node.length + 1);
  return timedCheck(name, node, () => find(check, context, red));
}

async function find(check: Check, context: Context, red: ReadonlySet<string>): Promise<Found> {
  const missing = check.needs.find((need) => red.has(need));
  if (missing) return { ok: false, message: `not tried: ${missing} is red` };
  const cleansUp = check.does === 'delete' || check.does === 'gone';
  if (context.signal.aborted && !cleansUp) return { ok: false, message: 'not tried: stopped' };
  const activity = startActivity(context.emit, checkId(check), check.node);
  try {
    return { ok: true, ...(await checkers[check.does](check, context, activity)) };
  } catch (error) {
    if (!(error instanceof ResourceError || error instanceof RequestError)) throw error;
    const message = error.remedy ? `${error.message} (${error.remedy})` : error.message;
    return { ok: false, message };
  } finally {
    activity.end();
  }
}

type Checker = (check: Check, context: Context, activity: Activity) => Promise<Finding>;

const checkers: Readonly<Record<Check['does'], Checker>> = {
  async health(check, context) {
    const target = targetOf(check, context);
    const url = `${target.url}${target.health}`;
    const known = { service: check.node, headers: await context.access.current(), signal: context.signal };
    const answer = await send({ ...known, method: 'GET', url, accept: [200], timeoutMs: 15_000, remedies });
    await answer.discard();
    return { message: `${url} answers 200`, facts: {} };
  },
  async create(check, context) {
    const image = await context.client.create(targetOf(check, context), `oriel-verify-${check.node}`);
    context.stored.set(check.node, { image });
    return { message: `image ${image.id}`, facts: { image: image.id } };
  },
  upload,
  read,
  async delete(check, context) {
    const { image } = storedOf(check, context);
    const target = targetOf(check, context);
    const others = context.targets.filter((each) => each !== target);
    // A node that broke down while it took the image must not keep it from being deleted.
    await firstOf([target, ...others], (each) => context.client.remove(each, image.id));
    return { message: `image ${image.id} deleted`, facts: {} };
  },
  async gone(check, { client, targets, stored }) {
    const { image } = storedOf(check, { stored });
    for (const target of targets)
      if (!(await client.isGone(target, image.id)))
        throw new ResourceError(target.node, 'gone', `${target.node} still shows image ${image.id}`);
    return { message: `no node shows image ${image.id}`, facts: {} };
  },
};

async function upload(check: Check, context: Context, activity: Activity): Promise<Finding> {
  const { client, bytes, stored } = context;
  const { image } = storedOf(check, context);
  activity.progress('uploading');
  const moved = (done: number): void => activity.transferred(done, bytes);
  let measured = meter(['md5', 'sha512'], moved);
  const chunks = (): Iterable<Uint8Array> => {
    measured = meter(['md5', 'sha512'], moved);
    return metered(contentOf(image.id, bytes), measured.add);
  };
  const begun = performance.now();
  await client.upload(targetOf(check, context), image.id, { bytes, chunks });
  const sent = measured.digests();
  stored.set(check.node, { image, sent });
  const facts = { bytes, md5: sent.hashes.md5 ?? null, sha512: sent.hashes.sha512 ?? null };
  return { message: `${bytes} bytes${rate(bytes, begun)}`, facts };
}

async function read(check: Check, context: Context, activity: Activity): Promise<Finding> {
  const { client, bytes } = context;
  const { image, sent } = storedOf(check, context);
  const target = targetOf(check, context);
  if (!sent) throw new ResourceError(check.node, 'read', 'nothing was sent');
  const said = await client.show(target, image.id);
  if (said.status !== 'active')
    throw new ResourceError(check.node, 'read', `the image is ${said.status}, not active`);
  const algorithm = said.os_hash_algo ?? 'sha512';
  if (!getHashes().includes(algorithm))
    throw new ResourceError(check.node, 'read', `unknown hash algorithm ${algorithm}`);
  activity.progress('reading');
  const begun = performance.now();
  const moved = (done: number): void => activity.transferred(done, bytes);
  const got = await client.download(target, image.id, bytes, ['md5', algorithm], moved);
  const known = algorithm in sent.hashes ? {} : digestsOf(image.id, bytes, [algorithm]).hashes;
  const differences = compare({ ...sent, hashes: { ...sent.hashes, ...known } }, said, got);
  if (differences.length > 0) throw new ResourceError(check.node, 'read', differences.join('; '));
  const facts = {
    image: image.id,
    bytes: got.bytes,
    md5: got.hashes.md5 ?? null,
    [algorithm]: got.hashes[algorithm] ?? null,
  };
  return {
    message: `${got.bytes} bytes of ${check.image}, both checksums equal${rate(got.bytes, begun)}`,
    facts,
  };
}

function* metered(chunks: Iterable<Buffer>, add: (chunk: Buffer) => void): Generator<Buffer> {
  for (const chunk of chunks) {
    add(chunk);
    yield chunk;
  }
}

function rate(bytes: number, begun: number): string {
  const seconds = Math.max(0.001, (performance.now() - begun) / 1000);
  return `, ${(bytes / mib / seconds).toFixed(1)} MiB/s`;
}

/** Tries one target after the other until one does it. Throws what the first one failed with. */
async function firstOf(targets: readonly Target[], act: (target: Target) => Promise<void>): Promise<void> {
  let failure: unknown;
  for (const target of targets) {
    try {
      return await act(target);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

function targetOf({ node }: Check, { targets }: Context): Target {
  const target = targets.find((each) => each.node === node);
  if (target) return target;
  throw new ResourceError(node, 'verify', 'the node has no image service');
}

function storedOf({ node, image = node }: Check, { stored }: Pick<Context, 'stored'>): Stored {
  const found = stored.get(image);
  if (found) return found;
  throw new ResourceError(node, 'verify', `no image was created through ${image}`);
}
