import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { windowsPaths } from '../../../src/components/glance/facts/paths.ts';
import type { Rows } from '../acceptance.ts';
import { createImage, idleConnections, imageOf, send } from '../client.ts';
import { withoutDatabase, withSilentDatabase } from '../database.ts';
import { download, importImage, remove, storedImage, taskOf, upload } from '../images.ts';
import { type SecondGlance, secondGlance } from '../second.ts';
import { inFlight } from './in-flight.ts';
import { without } from './needed/without.ts';
import { withoutShare } from './outages.ts';

const data = Buffer.alloc(1 << 20, 7);
const settings = `workers = 1
[os_glance_staging_store]
filesystem_store_datadir = C:\\ProgramData\\oriel\\plain\\staging
[os_glance_tasks_store]
filesystem_store_datadir = C:\\ProgramData\\oriel\\plain\\tasks
`;

const ofAway = ['tell_share_that_is_away', 'tell_what_is_away', 'bound_waits_for_database'];
const ofWorker = ['serve_bounded_and_drain', 'keep_workers_alive', 'remove_half_files'];

/** What the release does without what we add for what is away, and with its own server of one worker, which the last row ends. */
export const upstreamRows: Rows = (node) => {
  describe('without the repairs for what is away', () => {
    let bare: SecondGlance;
    beforeAll(async () => {
      bare = await secondGlance(node(), { settings, without: [...ofAway, ...ofWorker] });
    });
    afterAll(() => bare?.end());

    it('staging in C:\\ leaves an import in the middle for ever, after it was accepted', async () => {
      const id = await createImage(bare, 'never imported');
      expect(await send(bare, 'PUT', `/v2/images/${id}/stage`, data)).toMatchObject({ status: 204 });
      await importImage(bare, id, { method: { name: 'glance-direct' }, stores: ['images'] });
      await expect.poll(bare.said).toContain('BadTaskConfiguration');
      await sleep(2000);
      expect(await imageOf(bare, id)).toMatchObject({ status: 'uploading' });
      expect(await taskOf(bare, id, 'glance-direct')).toMatchObject({ status: 'processing', message: '' });
      expect(await remove(bare, id)).toMatchObject({ status: 204 });
    });

    const unsaid = 'no reason, an empty answer that is a success, and a file without an image';
    without(['tell_share_that_is_away'], `a share that is away: ${unsaid}`, async () => {
      const kept = await storedImage(bare, 'kept', data);
      const waiting = await createImage(bare, 'waiting');
      await withoutShare(node(), async () => {
        expect(await upload(bare, waiting, data)).toMatchObject({
          ...{ status: 500, text: expect.not.stringContaining('reached') },
        });
        expect(await download(bare, kept)).toMatchObject({ status: 204, body: Buffer.alloc(0) });
        expect(await remove(bare, kept)).toMatchObject({ status: 204 });
      });
      expect(await download(bare, kept)).toMatchObject({ status: 404 });
      expect(existsSync(join(node().share, kept))).toBe(true);
      expect(await remove(bare, waiting)).toMatchObject({ status: 204 });
    });

    const ofDatabase = ['tell_what_is_away', 'bound_waits_for_database'];
    without(ofDatabase, 'a database that is away: no reason; one that is silent: no answer', async () => {
      const id = await storedImage(bare, 'behind a database', data);
      await withoutDatabase(node(), async () => {
        const reasonless = { status: 500, text: expect.not.stringContaining('database') };
        expect(await download(bare, id)).toMatchObject(reasonless);
        expect(await remove(bare, id)).toMatchObject(reasonless);
      });
      let answered = false;
      const asked = download(bare, id).finally(() => {
        answered = true;
      });
      await withSilentDatabase(node(), async () => {
        await sleep(4000);
        expect(answered).toBe(false);
      });
      expect(await asked).toMatchObject({ status: 200 });
      expect(await remove(bare, id)).toMatchObject({ status: 204 });
    });

    const left = 'none replaces it, and the file of an upload stays, which nobody has noted';
    without(ofWorker, `a client with 600 idle connections ends a worker, ${left}`, async () => {
      const others = node().pythons().length - 2;
      const { file } = await inFlight({ ...bare, share: node().share }, 100_000, 200);
      const idle = await idleConnections(bare, 600);
      await expect.poll(() => node().pythons()).not.toContain(bare.pid);
      for (const socket of idle) socket.destroy();
      expect(bare.said()).toContain('too many file descriptors in select()');
      await sleep(2000);
      await expect.poll(() => node().pythons()).toHaveLength(others);
      expect(existsSync(file)).toBe(true);
      expect(readdirSync(node().path(`${windowsPaths.locks}\\uploads`))).toEqual([]);
    });
  });
};
