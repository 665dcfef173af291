import { CheckError } from '../../../errors.ts';
import type { Authorization } from '../../../openstack/access.ts';
import { type ImagesClient, type ImagesEndpoint, imagesClient } from '../../../openstack/images.ts';
import type { State } from '../../../resources/model/state.ts';
import { type Check, type CheckContext, type CheckOutcome, checkId, pass } from '../../../verify/check.ts';
import { readImage } from './read.ts';
import { remedies } from './service.ts';
import { uploadImage } from './upload.ts';

export interface RoundTripOptions {
  readonly services: readonly ImagesEndpoint[];
  readonly access: Authorization;
  /** Size of each image. */
  readonly bytes: number;
  /** Ids of checks without which no image can be created anywhere. */
  readonly needs?: readonly string[];
}

/** A check of one service with a client of all. */
type CheckAction = (client: ImagesClient, context: CheckContext) => Promise<CheckOutcome>;

/**
 * What proves that nodes share their images: each takes one, and every other one gives it back unchanged (a single node gives
 * back its own). Whatever fails, what was created is deleted.
 */
export function roundTripChecks(options: RoundTripOptions): readonly Check[] {
  return options.services.flatMap((from) => checksOfImage(from, options));
}

function checksOfImage(from: ImagesEndpoint, options: RoundTripOptions): readonly Check[] {
  const { services, access, bytes, needs = [] } = options;
  const node = from.service;
  const id = (name: string): string => checkId(node, 'glance', name);
  const others = services.filter((service) => service !== from);
  const run =
    (act: CheckAction): Check['run'] =>
    (context) =>
      act(imagesClient({ access, signal: context.signal, remedies }), context);
  const image = ({ evidence }: CheckContext): string => imageIn(evidence(id('create')), node);
  return [
    {
      ...{ id: id('create'), node, needs: [...needs, id('health')], ...texts.create },
      run: run(async (client) => {
        const name = `oriel-verify-${node}`;
        const removed = await removeLeft(client, from, name);
        const { id: created } = await client.create(from, name);
        const also = removed.length > 0 ? `; ${removed.length} of earlier runs deleted` : '';
        return pass(`image ${created}${also}`, { image: created, ...(also && { removed }) });
      }),
    },
    {
      ...{ id: id('upload'), node, needs: [id('create')], ...texts.upload },
      run: run((client, context) => uploadImage(client, from, image(context), bytes, context.activity)),
    },
    ...(others.length > 0 ? others : [from]).map((reader): Check => {
      const name = reader === from ? ['read'] : ['read', node];
      const own = { id: checkId(reader.service, 'glance', ...name), node: reader.service };
      return {
        ...{ ...own, needs: [id('upload')], ...texts.read },
        run: run((client, { evidence, activity }) =>
          readImage(client, reader, { ...evidence(id('upload')), from: node }, activity),
        ),
      };
    }),
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
