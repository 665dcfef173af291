import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { environmentFile, windowsPaths } from '../../../src/components/glance/facts/paths.ts';
import type { Rows } from '../acceptance.ts';
import { createImage, refused } from '../client.ts';
import { remove, upload } from '../images.ts';
import { closeListener } from '../node.ts';
import { inFlight, waitForEnd } from './in-flight.ts';
import { away, withoutShare } from './outages.ts';

/** MiB that take longer than anybody waits. */
const endless = 100_000;
/** Seconds that the site gives a drain. What ends at once needs none of it, on the busiest machine. */
const drain = 60;
/** Seconds, from the second start on. */
const shortDrain = 5;
const data = Buffer.alloc(1 << 20, 7);

/** An end and a start of the service, before anything was killed: what Wine then listens on is not the service's (close-listener.py). */
export const stoppingRows: Rows = (node) => {
  it('lets an upload of 10 s finish when it is stopped, and refuses new connections at once', async () => {
    const { file, uploading } = await inFlight(node(), 200, 50);
    const answered = uploading.then((answer) => ({ answer, at: Date.now() }));
    const ended = answered.then(() => waitForEnd(node()));
    const refusing = refused(node());
    const [stopped] = await Promise.all([node().stop(), refusing]);
    expect(stopped).toMatchObject({ status: 'Stopped', exitCode: 0 });
    const { answer, at } = await answered;
    expect(answer).toMatchObject({ status: 204 });
    expect(await refusing).toBeLessThan(at);
    expect((await ended) - at).toBeLessThan(drain * 1000);
    expect(statSync(file).size).toBe(200 << 20);
    expect(node().log()).toContain('workers ended with [0, 0, 0]');
  });

  it('starts without its share, and takes images when it is there', async () => {
    const file = node().path(`${windowsPaths.config}\\${environmentFile}`);
    appendFileSync(file, `ORIEL_DRAIN=${shortDrain}\r\n`);
    const id = await withoutShare(node(), async () => {
      expect(await node().start()).toMatchObject({ status: 'Running' });
      const waiting = await createImage(node(), 'waiting');
      expect(await upload(node(), waiting, data)).toMatchObject(away);
      return waiting;
    });
    expect(await upload(node(), id, data)).toMatchObject({ status: 204 });
    expect(await remove(node(), id)).toMatchObject({ status: 204 });
  });
};

/** Two ends by force. The service is stopped afterwards. */
export const endingRows: Rows = (node) => {
  it('leaves no process when its parent is killed, and is started again by its recovery, without half files', async () => {
    const { file } = await inFlight(node(), endless, 200);
    const ofAnother = join(node().share, randomUUID());
    writeFileSync(ofAnother, 'being written by another node');
    const [parent = 0] = node().pythons();
    const killed = Date.now();
    process.kill(parent, 'SIGKILL');
    expect((await waitForEnd(node())) - killed).toBeLessThan(drain * 1000);
    expect((await node().state()).exitCode).not.toBe(0);
    expect(existsSync(file)).toBe(true);
    // Where Wine keeps the address, no recovery gets it, and Windows as a whole starts anew.
    if (await closeListener(node())) await node().reboot();
    const status = async () => (await node().state()).status;
    await expect.poll(status, { timeout: 500_000, interval: 1000 }).toBe('Running');
    expect(existsSync(file)).toBe(false);
    expect(existsSync(ofAnother)).toBe(true);
    const id = await createImage(node(), 'after the recovery');
    expect(await upload(node(), id, data)).toMatchObject({ status: 204 });
  });

  it('cuts a client that never finishes when the drain is over, and says so', async () => {
    const { file, uploading } = await inFlight(node(), endless, 200);
    const outcome = uploading.catch((error: Error) => error);
    expect(await node().stop()).toMatchObject({ status: 'Stopped', exitCode: 0 });
    const log = node().log();
    const seconds = secondsOfStop(log);
    expect(seconds).toBeGreaterThan(shortDrain - 1);
    expect(seconds).toBeLessThan(drain);
    expect(log).toContain('drain time is over, 1 requests are cut');
    expect(log).toContain('stopped, the program ended with code 3');
    expect(existsSync(file)).toBe(false);
    const answer = await outcome;
    if (!(answer instanceof Error)) expect(answer.status).toBeGreaterThanOrEqual(500);
  });
};

/** How long the last stop took, as the wrapper says. */
export function secondsOfStop(log: string): number {
  return (lastAt(log, /^(\S+ \S+) oriel-service: stopped/gm) - stopAsked(log)) / 1000;
}

/** When the wrapper got the stop: on a busy machine the command is long on its way. */
export function stopAsked(log: string): number {
  return lastAt(log, /^(\S+ \S+) oriel-service: stop asked/gm);
}

/** The time of the last line that fits, which the wrapper says in UTC. */
function lastAt(log: string, line: RegExp): number {
  return Date.parse(`${[...log.matchAll(line)].at(-1)?.[1]}Z`);
}
