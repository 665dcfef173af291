import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { windowsPaths } from '../../../src/components/glance/paths.ts';
import { runInWine, startService, stopService } from '../../../src/sandbox/wine/prefix.ts';
import type { Rows } from '../acceptance.ts';
import { createImage } from '../client.ts';
import { withSilentDatabase } from '../database.ts';
import { download, remove, storedImage, upload } from '../images.ts';
import { type SecondGlance, secondGlance } from '../second.ts';
import { withoutShare } from './outages.ts';

const data = Buffer.alloc(1 << 20, 7);
const settings = 'delayed_delete = true\nscrub_time = 0\nwakeup_time = 2\n';
const scrubber = 'oriel-scrubber-under-test';

/** Deletion in two steps: by the API, and by the scrubber, once and as a service. */
export const scrubbingRows: Rows = (node) => {
  describe('with delayed deletion', () => {
    let second: SecondGlance;
    let file = '';
    const more = () => ['--config-file', `${windowsPaths.config}\\second.conf`];
    beforeAll(async () => {
      const request = { settings, env: { ORIEL_DATABASE_SECONDS: '2' }, without: ['start_without_share'] };
      second = await withoutShare(node(), () => secondGlance(node(), request));
    }, 300_000);
    afterAll(() => second?.end(), 60_000);

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

    it('removes them by the scrubber as a service, which ends when it is stopped', async () => {
      const { python, launcher, config, service, logs } = windowsPaths;
      const run = [
        python,
        '-s',
        launcher,
        'glance-scrubber',
        '--daemon',
        '--config-file',
        `${config}\\glance-api.conf`,
      ];
      const words = [
        service,
        scrubber,
        '--log',
        `${logs}\\${scrubber}.log`,
        '--environment',
        'PYTHONUTF8=1',
        '--',
      ];
      const line = [...words, ...run, ...more()]
        .map((word) => (word.includes(' ') ? `"${word}"` : word))
        .join(' ');
      const { prefix } = node();
      await runInWine(prefix, 'sc.exe', ['create', scrubber, 'binPath=', line, 'start=', 'demand']);
      expect(await startService(prefix, scrubber, 120)).toMatchObject({ status: 'Running' });
      await expect.poll(() => existsSync(file), { timeout: 60_000, interval: 300 }).toBe(false);
      expect(await stopService(prefix, scrubber, 30)).toMatchObject({ status: 'Stopped', exitCode: 0 });
      await runInWine(prefix, 'sc.exe', ['delete', scrubber]);
    });

    it('gives up a database that does not answer', async () => {
      const id = await storedImage(node(), 'behind a silent database', data);
      await withSilentDatabase(node(), async () => {
        const answer = await download(second, id);
        expect(answer).toMatchObject({
          status: 503,
          text: expect.stringContaining('database cannot be reached'),
        });
      });
      expect(await remove(node(), id)).toMatchObject({ status: 204 });
    });

    it('without start_without_share takes no image until it is started again', async () => {
      const id = await createImage(second, 'never taken');
      expect(await upload(second, id, data)).toMatchObject({
        ...{ status: 410, text: expect.stringContaining('Adding images to store is disabled') },
      });
      expect(await upload(node(), id, data)).toMatchObject({ status: 204 });
      expect(await remove(node(), id)).toMatchObject({ status: 204 });
    });
  });
};
