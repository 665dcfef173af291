/** One thing to find out, as data. `image` is the node that an image is uploaded through, and its name here. */
export interface Check {
  readonly does: 'health' | 'create' | 'upload' | 'read' | 'delete' | 'gone';
  /** Through which node. */
  readonly node: string;
  readonly image?: string;
  /** Ids of checks without which this one makes no sense. */
  readonly needs: readonly string[];
}

/** `glance-2/read/glance-1`: through which node, what, whose image. */
export function checkId({ node, does, image }: Pick<Check, 'node' | 'does' | 'image'>): string {
  return [node, does, ...(image !== undefined && image !== node ? [image] : [])].join('/');
}

/**
 * What proves that nodes share their images: each takes one, and every other one gives it back unchanged (a single node gives
 * back its own). Whatever fails, what was created is deleted.
 */
export function checksFor(nodes: readonly string[]): readonly Check[] {
  const health = nodes.map((node): Check => ({ does: 'health', node, needs: [] }));
  return [...health, ...nodes.flatMap((node) => checksOfImage(node, nodes))];
}

function checksOfImage(image: string, nodes: readonly string[]): readonly Check[] {
  const id = (does: Check['does']): string => checkId({ does, node: image, image });
  const others = nodes.filter((node) => node !== image);
  const readers = others.length > 0 ? others : [image];
  return [
    { does: 'create', node: image, image, needs: [id('health')] },
    { does: 'upload', node: image, image, needs: [id('create')] },
    ...readers.map((node): Check => ({ does: 'read', node, image, needs: [id('upload')] })),
    { does: 'delete', node: image, image, needs: [id('create')] },
    { does: 'gone', node: image, image, needs: [id('delete')] },
  ];
}
