import { CheckError } from '../../../errors.ts';
import type { Authorization } from '../../../openstack/access.ts';
import type { DiskFormat } from '../../../openstack/disk-formats.ts';
import type { ImagesEndpoint } from '../../../openstack/image-request.ts';
import { type ImagesClient, imagesClient } from '../../../openstack/images.ts';
import type { State } from '../../../resources/model/state.ts';
import { type Check, type CheckContext, type CheckOutcome, checkId, pass } from '../../../verify/check.ts';
import { readImage } from './read.ts';
import { remedies } from './service.ts';
import { type Send, uploadImage } from './upload.ts';

/** A check of one service with a client of all. */
export type ImageAction = (client: ImagesClient, context: CheckContext) => Promise<CheckOutcome>;

/** An image that one service took, and that every one should have. */
export interface ProvenImage {
  readonly from: ImagesEndpoint;
  readonly others: readonly ImagesEndpoint[];
  /** Where it is not the default one. */
  readonly store?: string;
  /** The id of a check about it, on the node that took it. */
  readonly id: (...name: readonly string[]) => string;
  readonly run: (act: ImageAction) => Check['run'];
  /** Its id at the services. Throws CheckError where there is none. */
  readonly image: (context: CheckContext) => string;
}

/** What is tried of an image that was uploaded, and of which others need not be known. */
export type ImageProof = (image: ProvenImage) => readonly Check[];

/** What an image of a check is called, so that the next run finds what a killed one has left. */
export function imageName(node: string, store?: string): string {
  return `oriel-verify-${node}${store === undefined ? '' : `-${store}`}`;
}

export interface RoundTripOptions {
  readonly services: readonly ImagesEndpoint[];
  readonly access: Authorization;
  /** Size of each image. */
  readonly bytes: number;
  /** Default: `raw`. */
  readonly format?: DiskFormat;
  /** Stores to upload to beside the default one. */
  readonly stores?: readonly string[];
  /** Ids of checks without which no image can be created anywhere. */
  readonly needs?: readonly string[];
  /** What is tried of each image before it is deleted. */
  readonly proofs?: readonly ImageProof[];
}

/**
 * What proves that nodes share their images: each takes one for each store, and every other one gives it back unchanged (a single
 * node gives back its own). Whatever fails, what was created is deleted.
 */
export function roundTripChecks(options: RoundTripOptions): readonly Check[] {
  const { services, stores = [] } = options;
  return services.flatMap((from) =>
    [undefined, ...stores].flatMap((store) => checksOfImage(from, store, options)),
  );
}

function checksOfImage(
  from: ImagesEndpoint,
  store: string | undefined,
  options: RoundTripOptions,
): readonly Check[] {
  const { services, access, bytes, format = 'raw', needs = [], proofs = [] } = options;
  const node = from.service;
  const also = store === undefined ? [] : [store];
  const id = (...name: readonly string[]): string => checkId(node, 'glance', ...name, ...also);
  const others = services.filter((service) => service !== from);
  const run =
    (act: ImageAction): Check['run'] =>
    (context) =>
      act(imagesClient({ access, signal: context.signal, remedies }), context);
  const image = ({ evidence }: CheckContext): string => imageIn(evidence(id('create')), node);
  const own = { from, others, id, run, image, ...(store !== undefined && { store }) };
  return [
    {
      ...{ id: id('create'), node, needs: [...needs, checkId(node, 'glance', 'health')], ...texts.create },
      run: run((client) => createImage(client, from, imageName(node, store), format)),
    },
    {
      ...{ id: id('upload'), node, needs: [id('create')], ...texts.upload },
      run: run((client, context) => {
        const upload = { image: image(context), bytes, format, ...(store !== undefined && { store }) };
        const send: Send = (content) => client.upload(from, upload.image, content, store);
        return uploadImage(send, upload, context.activity);
      }),
    },
    ...(others.length > 0 ? others : [from]).map((reader): Check => {
      const name = reader === from ? ['read'] : ['read', node];
      const place = { id: checkId(reader.service, 'glance', ...name, ...also), node: reader.service };
      return {
        ...{ ...place, needs: [id('upload')], ...texts.read },
        run: run((client, { evidence, activity }) =>
          readImage(client, reader, { ...evidence(id('upload')), from: node }, activity),
        ),
      };
    }),
    ...proofs.flatMap((proof) => proof(own)),
    ...checksOfRemoval(own, services),
  ];
}

function checksOfRemoval(
  { from, others, id, run, image }: ProvenImage,
  services: readonly ImagesEndpoint[],
): readonly Check[] {
  const node = from.service;
  return [
    {
      ...{ id: id('delete'), node, needs: [id('create')], cleansUp: true, ...texts.delete },
      run: run(async (client, context) => {
        // A node that broke down while it took the image must not keep it from being deleted.
        await firstOf([from, ...others], (service) => client.remove(service, image(context)));
        return pass(`image ${image(context)} deleted`, { image: image(context) });
      }),
    },
    {
      ...{ id: id('gone'), node, needs: [id('delete')], cleansUp: true, ...texts.gone },
      run: run(async (client, { evidence }) => {
        const deleted = imageIn(evidence(id('delete')), node);
        for (const at of services)
          if (!(await client.isGone(at, deleted)))
            throw new CheckError(node, 'gone', `${at.service} still shows image ${deleted}`);
        return pass(`no node shows image ${deleted}`);
      }),
    },
  ];
}

async function createImage(
  client: ImagesClient,
  from: ImagesEndpoint,
  name: string,
  format: DiskFormat,
): Promise<CheckOutcome> {
  const removed = await removeLeft(client, from, name);
  const { id: created } = await client.create(from, { name, format });
  const also = removed.length > 0 ? `; ${removed.length} of earlier runs deleted` : '';
  return pass(`image ${created}${also}`, { image: created, ...(also && { removed }) });
}

/** Milliseconds after which an image is not that of a run that goes on. */
const leftAfterMs = 3_600_000;

/** Deletes what earlier runs left that were killed; gives the ids. */
async function removeLeft(
  client: ImagesClient,
  at: ImagesEndpoint,
  name: string,
): Promise<readonly string[]> {
  const isOld = ({ created_at: made = '' }): boolean => Date.now() - Date.parse(made) > leftAfterMs;
  const left = (await client.named(at, name)).filter(isOld).map(({ id }) => id);
  for (const id of left) await client.remove(at, id);
  return left;
}

/** Why each is tried, and what to do when it fails and says no more. */
const texts = {
  create: {
    title: 'create an image without data',
    why: 'It needs the database and, where there is Keystone, the token that the service checks.',
    remedy: 'see glance-api.log on the node: the database or Keystone is not reached from there',
  },
  upload: {
    title: 'upload an image',
    why: 'It needs the share with the rights of the account that the service runs as.',
    remedy: 'see glance-api.log on the node, and who may write to the share (oriel drift)',
  },
  read: {
    title: 'read an image that another node took, and compare it',
    why: 'Only nodes that share their images can stand behind one address: what one takes, each must give back unchanged.',
    remedy: 'see whether the stores of both nodes name the same share (oriel drift)',
  },
  delete: {
    title: 'delete the image',
    why: 'Nothing that a check creates stays behind, and the service must have the right to delete.',
    remedy: 'delete it by hand: openstack image list, openstack image delete',
  },
  gone: {
    title: 'look for the deleted image on every node',
    why: 'A node that still shows it does not use the same database, or does not answer.',
    remedy: 'see whether all nodes have the same database (oriel drift)',
  },
} as const satisfies Readonly<Record<string, Pick<Check, 'title' | 'why' | 'remedy'>>>;

function imageIn({ image }: State, node: string): string {
  if (typeof image === 'string') return image;
  throw new CheckError(node, 'verify', `no image was created through ${node}`);
}

/** Tries one service after the other until one does it. Throws what the first one failed with. */
async function firstOf(
  services: readonly ImagesEndpoint[],
  act: (service: ImagesEndpoint) => Promise<void>,
): Promise<void> {
  let failure: unknown;
  for (const service of services) {
    try {
      return await act(service);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}
