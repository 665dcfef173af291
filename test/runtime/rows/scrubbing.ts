import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { windowsPaths } from '../../../src/components/glance/facts/paths.ts';
import type { Rows } from '../acceptance.ts';
import { clientThatLeaves, createImage } from '../client.ts';
import { withSilentDatabase } from '../database.ts';
import { download, remove, storedImage, upload } from '../images.ts';
import { type SecondGlance, secondGlance } from '../second.ts';
import { without } from './needed/without.ts';
import { withoutShare } from './outages.ts';
import { scrubberService } from './scrubber.ts';

const data = Buffer.alloc(1 << 20, 7);
const settings = 'delayed_delete = true\nscrub_time = 0\nwakeup_time = 2\n';

/** Deletion in two steps: by the API, and by the scrubber, once and as a service. */
export const scrubbingRows: Rows = (node) => {
  describe('with delayed deletion', () => {
    let second: SecondGlance;
    let file = '';
    const more = () => ['--config-file', `${windowsPaths.config}\\second.conf`];
    beforeAll(async () => {
      const request = {
        settings,
        env: { ORIEL_DATABASE_SECONDS: '2' },
        without: ['start_without_share', 'accept_after_clients_that_left'],
      };
      second = await withoutShare(node(), () => secondGlance(node(), request));
    });
    afterAll(() => second?.end());

    it('keeps the data of a deleted image, also where the scrubber does not reach the share', async () => {
      const id = await storedImage(node(), 'deleted later', data);
      file = join(node().share, id);
      expect(await remove(second, id)).toMatchObject({ status: 204 });
      expect(await download(second, id)).toMatchObject({ status: 404 });
      const scrubbed = await withoutShare(node(), () => node().run('glance-scrubber', more()));
      expect(scrubbed, scrubbed.stderr).toMatchObject({ exitCode: 0 });
      expect(scrubbed.stderr).toContain('Leaving image');
      expect(existsSync(file)).toBe(true);
    });

    without(
      ['end_at_stop'],
      'the scrubber as a service is ended by force, else it ends by itself',
      async () => {
        const [whole, bare] = await Promise.all([
          scrubberService(node(), 'scrubber', more(), ''),
          scrubberService(node(), 'scrubber-without', more(), 'end_at_stop'),
        ]);
        await Promise.all([whole.start(), bare.start()]);
        await expect.poll(() => existsSync(file), { interval: 300 }).toBe(false);
        const said = await Promise.all([whole.stop(), bare.stop()]);
        expect(said[0]).toContain('stopped, the program ended with code 0');
        expect(said[1]).toContain('warning: the program did not end in time and was ended by force');
      },
    );

    it('gives up a database that does not answer', async () => {
      const id = await storedImage(node(), 'behind a silent database', data);
      // Its first connection is tried ten times, ten seconds apart: [database] max_retries and retry_interval.
      expect(await download(second, id)).toMatchObject({ status: 200 });
      await withSilentDatabase(node(), async () => {
        const answer = await download(second, id);
        expect(answer).toMatchObject({
          status: 503,
          text: expect.stringContaining('database cannot be reached'),
        });
      });
      expect(await remove(node(), id)).toMatchObject({ status: 204 });
    });

    without(['start_without_share'], 'no image is taken until it is started again', async () => {
      const id = await createImage(second, 'never taken');
      expect(await upload(second, id, data)).toMatchObject({
        ...{ status: 410, text: expect.stringContaining('Adding images to store is disabled') },
      });
      expect(await upload(node(), id, data)).toMatchObject({ status: 204 });
      expect(await remove(node(), id)).toMatchObject({ status: 204 });
    });

    without(['accept_after_clients_that_left'], 'a client that left early ends the process', async () => {
      process.kill(second.pid, 'SIGSTOP');
      await clientThatLeaves(second);
      process.kill(second.pid, 'SIGCONT');
      await expect.poll(() => node().pythons()).not.toContain(second.pid);
      expect(second.said()).toContain('WinError 10057');
    });
  });
};
