import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceState, stopService } from '../../src/sandbox/wine/prefix.ts';
import {
  beginDownload,
  createImage,
  idleConnections,
  imageOf,
  refusedAfter,
  send,
  slowly,
} from './client.ts';
import { type GlanceNode, glanceNode, serviceName, truePayload } from './glance.ts';

const { tree, missing } = await truePayload();

describe.skipIf(!tree)(
  `Glance 29.2.1 as a service with two workers in Wine${missing}`,
  { timeout: 240_000 },
  () => {
    let node: GlanceNode;
    const stop = (seconds = 60) => stopService(node.prefix, serviceName, seconds);

    beforeAll(async () => {
      if (!tree) return;
      node = await glanceNode(tree, 2);
      const sync = await node.run('glance-manage', ['db', 'sync']);
      expect(sync, sync.stderr.slice(-2000)).toMatchObject({ exitCode: 0 });
      await node.install(8);
      expect(await node.start(), node.log().slice(-3000)).toMatchObject({ status: 'Running' });
    }, 400_000);
    afterAll(() => node?.end(), 60_000);

    it('says once what was repaired and serves with a parent and two workers', () => {
      expect(node.log().match(/repairs for Windows: .*hand_over_listening_socket/g)).toHaveLength(1);
      expect(node.pythons()).toHaveLength(3);
    });

    it('stores an image on the share and gives it back', async () => {
      const data = randomBytes(32 << 20);
      const id = await createImage(node, 'Ünïcode €');
      expect(await send(node, 'PUT', `/v2/images/${id}/file`, data)).toMatchObject({ status: 204 });
      expect((await send(node, 'GET', `/v2/images/${id}/file`)).body.equals(data)).toBe(true);
      const hash = createHash('sha512').update(data).digest('hex');
      expect(await imageOf(node, id)).toMatchObject({
        name: 'Ünïcode €',
        status: 'active',
        size: data.length,
        os_hash_value: hash,
      });
      expect(statSync(join(node.share, id)).size).toBe(data.length);
      expect(await send(node, 'DELETE', `/v2/images/${id}`)).toMatchObject({ status: 204 });
      expect(existsSync(join(node.share, id))).toBe(false);
    });

    it('serves others while a client holds 1000 idle connections', async () => {
      const idle = await idleConnections(node, 1000);
      const id = await createImage(node, 'beside idle ones');
      expect(await send(node, 'PUT', `/v2/images/${id}/file`, Buffer.alloc(1 << 20))).toMatchObject({
        status: 204,
      });
      for (const socket of idle) socket.destroy();
      expect(node.pythons()).toHaveLength(3);
    });

    it('caches again an image whose first downloads were broken off, and deletes one that is served from the cache', async () => {
      const id = await createImage(node, 'cached');
      await send(node, 'PUT', `/v2/images/${id}/file`, Buffer.alloc(24 << 20, 1));
      for (let n = 0; n < 3; n++) await breakOff(`/v2/images/${id}/file`);
      await expect
        .poll(
          async () => {
            await send(node, 'GET', `/v2/images/${id}/file`);
            return existsSync(join(node.prefix, 'drive_c/glance/cache', id));
          },
          { timeout: 30_000, interval: 500 },
        )
        .toBe(true);
      const reading = beginDownload(node, `/v2/images/${id}/file`);
      await reading.begun;
      expect(await send(node, 'DELETE', `/v2/images/${id}`)).toMatchObject({ status: 204 });
      reading.end();
      const cached = () =>
        readdirSync(join(node.prefix, 'drive_c/glance/cache')).filter((name) => name === id);
      await expect.poll(cached, { timeout: 5000 }).toEqual([]);
    });

    it('starts a worker again that was killed, and serves meanwhile', async () => {
      const [, worker] = node.pythons();
      process.kill(worker ?? 0, 'SIGKILL');
      await expect.poll(() => node.log(), { timeout: 10_000 }).toContain('another starts');
      expect(await send(node, 'GET', '/healthcheck')).toMatchObject({ status: 200 });
      await expect.poll(() => node.pythons().length, { timeout: 5000 }).toBe(3);
      expect(node.pythons()).not.toContain(worker);
      await expect
        .poll(() => node.log().match(/wsgi starting up/g)?.length, { timeout: 120_000, interval: 500 })
        .toBe(3);
    });

    it('lets an upload finish when it is stopped, and refuses new connections at once', async () => {
      const id = await createImage(node, 'in flight');
      const uploading = send(node, 'PUT', `/v2/images/${id}/file`, slowly(20, 150));
      await expect.poll(() => existsSync(join(node.share, id)), { timeout: 10_000 }).toBe(true);
      const [stopped, refused] = await Promise.all([stop(), refusedAfter(node)]);
      expect(refused).toBeLessThan(10_000);
      expect(stopped).toMatchObject({ status: 'Stopped', exitCode: 0 });
      expect(await uploading).toMatchObject({ status: 204 });
      expect(statSync(join(node.share, id)).size).toBe(20 << 20);
      expect(node.log()).toContain('workers ended with [0, 0]');
      expect(node.pythons()).toEqual([]);
    });

    it('cuts a client that never finishes when the drain is over, and cleans up', async () => {
      expect(await node.start()).toMatchObject({ status: 'Running' });
      const id = await createImage(node, 'never');
      const uploading = send(node, 'PUT', `/v2/images/${id}/file`, slowly(100_000, 200)).catch(
        (error: Error) => error,
      );
      await expect.poll(() => existsSync(join(node.share, id)), { timeout: 10_000 }).toBe(true);
      expect(await stop()).toMatchObject({ status: 'Stopped', exitCode: 0 });
      expect(node.log()).toContain('drain time is over, 1 requests are cut');
      expect(existsSync(join(node.share, id))).toBe(false);
      await uploading;
    });

    it('leaves no worker when its parent is killed, and stops with an error so that it is started again', async () => {
      expect(await node.start()).toMatchObject({ status: 'Running' });
      const [parent] = node.pythons();
      process.kill(parent ?? 0, 'SIGKILL');
      await expect.poll(() => node.pythons(), { timeout: 5000 }).toEqual([]);
      const state = await serviceState(node.prefix, serviceName);
      expect(state.status).toBe('Stopped');
      expect(state.exitCode).not.toBe(0);
    });

    async function breakOff(path: string): Promise<void> {
      const reading = beginDownload(node, path);
      await reading.begun;
      reading.end();
    }
  },
);
