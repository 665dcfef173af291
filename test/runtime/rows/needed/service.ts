import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect } from 'vitest';
import type { Rows } from '../../acceptance.ts';
import { idleConnections, send } from '../../client.ts';
import type { GlanceNode } from '../../node.ts';
import { breakOff, cacheFile, deleteWhileRead, storedImage } from '../cached.ts';
import { secondsOfStop, stopAsked } from '../ending.ts';
import { inFlight } from '../in-flight.ts';
import { isOwned, startWithout } from './start.ts';
import { without } from './without.ts';

const ofCache = ['replace_cache_files', 'share_cache_files_for_deletion'];
const ofStop = ['know_connections', 'mark_busy_connections'];
const others = ['share_images_for_deletion', 'log_through_wrapper'];
/** Seconds. */
const drain = 8;
const limits = {
  ORIEL_DRAIN: drain,
  ORIEL_CONNECTIONS: 10,
  OS_DEFAULT__LOG_ROTATION_TYPE: 'size',
  OS_DEFAULT__MAX_LOGFILE_SIZE_MB: 1,
};

/** The service, without what is done for files, the log and processes. The last row stops it. */
export const serviceRows: Rows = (node) => {
  describe('as a service', () => {
    beforeAll(() => startWithout(node(), [...ofCache, ...ofStop, ...others], limits));

    without(
      ofCache,
      'two broken downloads keep an image out of the cache, none is deleted from it',
      async () => {
        const broken = await storedImage(node());
        for (let n = 0; n < 2; n++) await breakOff(node(), broken);
        await sleep(1000);
        expect(await send(node(), 'GET', `/v2/images/${broken}/file`)).toMatchObject({ status: 200 });
        await sleep(1000);
        expect(existsSync(cacheFile(node(), broken))).toBe(false);
        const cached = await storedImage(node());
        expect(await send(node(), 'GET', `/v2/images/${cached}/file`)).toMatchObject({ status: 200 });
        await expect.poll(() => existsSync(cacheFile(node(), cached))).toBe(true);
        expect(await deleteWhileRead(node(), cached)).toBe(500);
      },
    );

    without(['share_images_for_deletion'], 'an image that is read cannot be deleted', async () => {
      expect(await deleteWhileRead(node(), await storedImage(node()))).toBe(403);
    });

    without(['log_through_wrapper'], 'the log cannot be rotated and loses lines', async () => {
      const filler = 'x'.repeat(7900);
      for (let n = 0; n < 300; n++) await send(node(), 'GET', `/healthcheck?${filler}`);
      expect(node().log()).toContain('PermissionError: [WinError 32]');
    });

    without(['know_connections'], 'idle connections keep others out', async () => {
      const idle = await idleConnections(node(), 40);
      const asked = send(node(), 'GET', '/healthcheck');
      const early = await Promise.race([asked, sleep(3000)]);
      for (const socket of idle) socket.destroy();
      expect(early).toBeUndefined();
      expect(await asked).toMatchObject({ status: 200 });
    });

    const cut = 'an idle connection holds the stop, which cuts an upload where eventlet is older than 0.36';
    without(ofStop, cut, async () => {
      const [idle] = await idleConnections(node(), 1);
      const isCut = isOwned(node(), 'mark_busy_connections');
      // Long enough to be cut; one that is not has to end before the drain does, on a busy machine too.
      const outcome = await uploadWhileItStops(node(), isCut ? 15 : 1);
      idle?.destroy();
      expect(outcome).toBe(isCut ? 'cut' : 204);
      expect(secondsOfStop(node().log())).toBeGreaterThan(drain - 1);
    });
  });
};

/** The status of an upload that a stop finds and of which so many MiB are still to come, or that it was cut. */
async function uploadWhileItStops(node: GlanceNode, count: number): Promise<number | 'cut'> {
  const before = stopAsked(node.log());
  const { uploading } = await inFlight(node, count, 120, () => !Object.is(stopAsked(node.log()), before));
  const outcome = uploading.then(
    ({ status }) => status,
    () => 'cut' as const,
  );
  await node.stop();
  return outcome;
}
