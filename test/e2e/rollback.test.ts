import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type World } from './world.ts';

const minutes = 60_000;
const host = 74;

describe('three simulated nodes, the second of which cannot run with what is new', () => {
  let world: World;
  let inTheWay: Server;

  beforeAll(async () => {
    world = await openWorld(host, ['--simulated', '--nodes', '3']);
    await write({ port: 9292, onFailure: 'stop' });
    await ok('build', world.site);
    await ok('apply', world.site, '--yes');
    inTheWay = createServer((socket) => socket.destroy());
    await new Promise<void>((done) => inTheWay.listen(9392, `127.${host}.0.3`, done));
  }, 8 * minutes);
  afterAll(async () => {
    inTheWay?.close();
    await world?.close();
  }, minutes);

  async function ok(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await world.oriel(...args);
    if (code !== 0) throw new Error(`oriel ${args.join(' ')} ended with ${code}:\n${stderr}\n${stdout}`);
    return stdout;
  }

  /** The site with another port, which something else has on the second node. */
  async function write({ port, onFailure }: { port: number; onFailure: string }): Promise<void> {
    const text = await readFile(world.site, 'utf8');
    const [first = ''] = text.split('\nrollout:');
    const third = first.includes('glance-3') ? '' : `  glance-3: { address: 127.${host}.0.4 }\n`;
    const site = `${first.replace(/port: 9\d+ /, `port: ${port} `)}\n${third}`;
    await writeFile(
      world.site,
      `${site}\nrollout: { settle: 1s, on_failure: ${onFailure}, health: { upload: 1MiB } }\n`,
    );
  }

  /** Ports on which each node answers. */
  async function ports(): Promise<readonly (readonly number[])[]> {
    const answers = async (node: number, port: number): Promise<boolean> =>
      fetch(`http://127.${host}.0.${node}:${port}/healthcheck`).then(
        ({ status }) => status === 200,
        () => false,
      );
    const both = [9292, 9392];
    const found = [2, 3, 4].map(async (node) => {
      const up = await Promise.all(both.map((port) => answers(node, port)));
      return both.filter((_, index) => up[index]);
    });
    return Promise.all(found);
  }

  async function lastChange(): Promise<string> {
    return (await readFile(join(world.folder, '.oriel/demo/journal.jsonl'), 'utf8')).trim();
  }

  test('on_failure: stop: the first one serves on, the third is not touched', {
    timeout: 5 * minutes,
  }, async () => {
    await write({ port: 9392, onFailure: 'stop' });
    const { code, stderr } = await world.oriel('apply', world.site, '--yes');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /rollout stopped after batch 2 of 3 .*glance-2: service\/oriel-glance-api failed; not touched: glance-3/,
    );
    expect(await ports()).toEqual([[9392], [], [9292]]);
  });

  test('rollback undoes that run on the nodes that it changed', { timeout: 5 * minutes }, async () => {
    const before = (await lastChange()).length;
    const said = await ok('rollback', world.site, '--yes');
    expect(said).toMatch(/The site file says otherwise in \d+ steps/);
    expect(await ports()).toEqual([[9292], [9292], [9292]]);
    expect((await lastChange()).slice(before)).not.toContain('"step-started","step":"glance-3');
    await write({ port: 9292, onFailure: 'rollback' });
    expect(await world.oriel('plan', world.site, '--check')).toMatchObject({ code: 0 });
  });

  test('on_failure: rollback: all are as before, exit 1, and the report says why', {
    timeout: 5 * minutes,
  }, async () => {
    await write({ port: 9392, onFailure: 'rollback' });
    const { code, stderr } = await world.oriel('apply', world.site, '--yes');
    expect(code).toBe(1);
    expect(stderr).toMatch(/glance-2: service\/oriel-glance-api failed; not touched: glance-3/);
    expect(stderr).toMatch(/back: glance-1 to 29\.2\.1, glance-2 to 29\.2\.1/);
    expect(await ports()).toEqual([[9292], [9292], [9292]]);
    await write({ port: 9292, onFailure: 'rollback' });
    expect(await world.oriel('plan', world.site, '--check')).toMatchObject({ code: 0 });
  });
});
