import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Rows } from '../acceptance.ts';
import { createImage, idleConnections, send } from '../client.ts';
import { alone } from '../node.ts';
import { breakOff, cacheFile, deleteWhileRead, storedImage } from './cached.ts';

export const connectionRows: Rows = (node) => {
  it('serves others by the process in which a client holds 600 idle connections', async () => {
    const before = node().pythons();
    await alone(node(), before[1] ?? 0, async () => {
      const idle = await idleConnections(node(), 600);
      const id = await createImage(node(), 'beside idle ones');
      const stored = await send(node(), 'PUT', `/v2/images/${id}/file`, Buffer.alloc(8 << 20));
      expect(stored).toMatchObject({ status: 204 });
      for (const socket of idle) socket.destroy();
    });
    expect(node().pythons()).toEqual(before);
  });

  it('caches an image whose first downloads were broken off, and deletes it while it is served', async () => {
    const id = await storedImage(node());
    for (let n = 0; n < 3; n++) await breakOff(node(), id);
    const cached = async () => {
      expect(await send(node(), 'GET', `/v2/images/${id}/file`)).toMatchObject({ status: 200 });
      return existsSync(cacheFile(node(), id));
    };
    await expect.poll(cached, { interval: 500 }).toBe(true);
    expect(await deleteWhileRead(node(), id)).toBe(204);
    await expect.poll(() => existsSync(cacheFile(node(), id))).toBe(false);
    expect(await send(node(), 'GET', `/v2/images/${id}`)).toMatchObject({ status: 404 });
  });

  it('deletes an image while it is read from the store', async () => {
    expect(await deleteWhileRead(node(), await storedImage(node()))).toBe(204);
  });
};
