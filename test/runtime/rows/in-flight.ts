import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Answer, createImage, type Place, send, slowly } from '../client.ts';
import type { GlanceNode } from '../node.ts';

export interface InFlight {
  readonly id: string;
  readonly uploading: Promise<Answer>;
  /** On the share. */
  readonly file: string;
}

/** Begins an upload of `count` MiB, from when it is `time` for them, with a pause (ms) after each, and waits until the first of it is on the share. */
export async function inFlight(
  node: Place & Pick<GlanceNode, 'share'>,
  count: number,
  pause: number,
  time?: () => boolean,
): Promise<InFlight> {
  const id = await createImage(node, 'in flight');
  const file = join(node.share, id);
  const uploading = send(node, 'PUT', `/v2/images/${id}/file`, slowly(count, pause, time));
  // It may be looked at later than it fails.
  uploading.catch(() => {});
  await expect.poll(() => existsSync(file) && statSync(file).size > 0).toBe(true);
  return { id, uploading, file };
}

/** When no Python is left on the node. */
export async function waitForEnd(node: GlanceNode): Promise<number> {
  await expect.poll(() => node.pythons(), { interval: 20 }).toEqual([]);
  return Date.now();
}
