import { readdirSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { windowsPaths } from '../../../src/components/glance/facts/paths.ts';
import { whole } from '../../extent.ts';
import type { Rows } from '../acceptance.ts';
import { createImage, type Place, send } from '../client.ts';
import { serverPids } from '../node.ts';

const clients = 16;
/** How long the load lasts before and after a worker is killed. */
const seconds = whole ? { before: 45, after: 15 } : { before: 15, after: 5 };
const mib = Buffer.alloc(1 << 20, 7);
/** Makes long log lines: 3,000 of them fill a log file of 20 MiB. eventlet takes 8 KiB. */
const filler = 'x'.repeat(7900);

interface Load {
  readonly failures: { readonly asked: number; readonly reason: string }[];
  /** Numbers of requests that were answered; each is in the log. */
  readonly answered: number[];
  asked: number;
  ends: boolean;
}

/** One client: an image up, down and gone, and a question with a long line for the log, again and again. */
async function client(place: Place, load: Load): Promise<void> {
  while (!load.ends) {
    let asked = 0;
    const now = (): Place => {
      asked = Date.now();
      return place;
    };
    try {
      const id = await createImage(now(), 'under load');
      await expectStatus(204, send(now(), 'PUT', `/v2/images/${id}/file`, mib));
      const { body } = await send(now(), 'GET', `/v2/images/${id}/file`);
      if (!body.equals(mib)) throw new Error('another image came back');
      await expectStatus(204, send(now(), 'DELETE', `/v2/images/${id}`));
      for (let count = 0; count < 3; count++) await ask(now(), load);
    } catch (error) {
      load.failures.push({ asked, reason: String(error) });
      await sleep(100);
    }
  }
}

/** Asks for a long line in the log, with a number that finds it again. */
async function ask(place: Place, load: Load): Promise<void> {
  const number = load.asked++;
  await expectStatus(200, send(place, 'GET', `/healthcheck?n=${number}&${filler}`));
  load.answered.push(number);
}

async function expectStatus(status: number, answer: ReturnType<typeof send>): Promise<void> {
  const got = await answer;
  if (got.status !== status) throw new Error(`${got.status} ${got.body.toString().slice(0, 300)}`);
}

export const loadRows: Rows = (node) => {
  let load: Load;

  it(`serves ${clients} clients for ${seconds.before + seconds.after} s by three processes, and loses with a worker no more than what is in it`, async () => {
    load = { failures: [], answered: [], asked: 0, ends: false };
    const running = Promise.all(Array.from({ length: clients }, () => client(node(), load)));
    await sleep(seconds.before * 1000);
    expect(load.failures).toEqual([]);
    expect(serverPids(node().log()).size).toBe(3);
    const [, victim = 0, ...others] = node().pythons();
    expect(others).toHaveLength(2);
    process.kill(victim, 'SIGKILL');
    const alive = () =>
      node()
        .pythons()
        .filter((pid) => pid !== victim);
    await expect.poll(alive, { interval: 100 }).toHaveLength(4);
    const replaced = Date.now();
    await sleep(seconds.after * 1000);
    load.ends = true;
    await running;
    expect(load.failures.length, JSON.stringify(load.failures)).toBeLessThanOrEqual(clients);
    // Nothing is lost of what came when another worker was there.
    expect(load.failures.filter(({ asked }) => asked > replaced)).toEqual([]);
  });

  it('has each answer in the log once, in files of 20 MiB', async () => {
    for (; load.asked < 2800; ) await Promise.all(Array.from({ length: clients }, () => ask(node(), load)));
    const counts = new Map<number, number>();
    const seen = () => {
      counts.clear();
      for (const [, number] of node()
        .log()
        .matchAll(/"GET \/healthcheck\?n=(\d+)&/g))
        counts.set(Number(number), (counts.get(Number(number)) ?? 0) + 1);
      return load.answered.filter((number) => counts.get(number) !== 1);
    };
    await expect.poll(seen, { interval: 500 }).toEqual([]);
    const folder = node().path(windowsPaths.logs);
    const files = readdirSync(folder).filter((name) => /oriel-glance-api\.log/.test(name));
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(statSync(`${folder}/${file}`).size).toBeLessThan((20 << 20) + 10_000);
  });
};
