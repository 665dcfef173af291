import { setTimeout as sleep } from 'node:timers/promises';
import type { Authorization } from '../../../openstack/access.ts';
import type { DiskFormat } from '../../../openstack/disk-formats.ts';
import type { ImagesEndpoint } from '../../../openstack/image-request.ts';
import { type Image, type ImagesClient, imagesClient } from '../../../openstack/images.ts';
import {
  type Check,
  type CheckContext,
  type CheckOutcome,
  checkId,
  fail,
  skip,
} from '../../../verify/check.ts';
import { readImage } from './read.ts';
import { imageName } from './round-trip.ts';
import { remedies } from './service.ts';
import { uploadImage } from './upload.ts';

export interface ImportOptions {
  readonly from: ImagesEndpoint;
  readonly access: Authorization;
  /** What uploads move; an import moves at most 1 MiB of it. */
  readonly bytes: number;
  readonly format: DiskFormat;
  readonly needs: readonly string[];
}

/** The way for data that comes from the client. */
const method = 'glance-direct';
const mostBytes = 1024 * 1024;
/** Milliseconds: between two looks, and for all of them together. A task of Glance does the import. */
const pauseMs = 500;
const limitMs = 120_000;

/** An image that comes in by the staging folder of a node, and that is deleted again. */
export function importCheck({ from, access, bytes, format, needs }: ImportOptions): Check {
  const node = from.service;
  return {
    ...{ id: checkId(node, 'glance', 'import'), node, needs: [...needs, checkId(node, 'glance', 'health')] },
    title: 'import an image by glance-direct',
    why: 'Dashboards upload by import: it needs the staging folder of the node besides the share.',
    remedy: 'see glance-api.log on the node, and whether its service may write to components.glance.staging',
    async run(context) {
      const client = imagesClient({ access, signal: context.signal, remedies });
      const methods = await client.importMethods(from);
      if (methods.length === 0) return skip('the service offers no import');
      // Of a download from the web oriel has no source that a node reaches.
      if (!methods.includes(method))
        return skip(`the service offers ${methods.join(', ')}, and not ${method}`);
      const name = imageName(node);
      const { id } = await client.create(from, { name, format });
      try {
        return await importImage(
          client,
          from,
          { image: id, bytes: Math.min(bytes, mostBytes), format },
          context,
        );
      } finally {
        await client.remove(from, id);
      }
    },
  };
}

async function importImage(
  client: ImagesClient,
  from: ImagesEndpoint,
  upload: { readonly image: string; readonly bytes: number; readonly format: DiskFormat },
  { activity, signal }: CheckContext,
): Promise<CheckOutcome> {
  const { evidence } = await uploadImage(
    (content) => client.stage(from, upload.image, content),
    upload,
    activity,
  );
  await client.importStaged(from, upload.image, method);
  const { status } = await ended(client, from, upload.image, signal);
  if (status !== 'active') return fail(`the import left the image ${status}`);
  return readImage(client, from, { ...evidence, from: 'an import' }, activity);
}

/** The image once nothing goes on any more, or when the time is over. */
async function ended(
  client: ImagesClient,
  at: ImagesEndpoint,
  id: string,
  signal: AbortSignal,
): Promise<Image> {
  for (let waited = 0; ; waited += pauseMs) {
    const image = await client.show(at, id);
    if (!/^(uploading|importing|saving)$/.test(image.status) || waited >= limitMs) return image;
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}
