import { beginDownload, createImage, send } from '../client.ts';
import type { GlanceNode } from '../node.ts';
import { cacheFolder } from '../site.ts';

/** An image of 24 MiB: more than what is on its way when a client breaks off. */
export async function storedImage(node: GlanceNode): Promise<string> {
  const id = await createImage(node, 'to be cached');
  await send(node, 'PUT', `/v2/images/${id}/file`, Buffer.alloc(24 << 20, 1));
  return id;
}

/** Where the node's cache has an image, on this machine. */
export function cacheFile(node: GlanceNode, id: string): string {
  return node.path(`${cacheFolder}\\${id}`);
}

/** Begins a download and breaks the connection. */
export async function breakOff(node: GlanceNode, id: string): Promise<void> {
  const reading = beginDownload(node, `/v2/images/${id}/file`);
  await reading.begun;
  reading.end();
}

/** The status with which a deletion is answered while a download is under way. */
export async function deleteWhileRead(node: GlanceNode, id: string): Promise<number> {
  const reading = beginDownload(node, `/v2/images/${id}/file`);
  await reading.begun;
  try {
    return (await send(node, 'DELETE', `/v2/images/${id}`)).status;
  } finally {
    reading.end();
  }
}
