import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wineAvailable } from '../../src/sandbox/wine/prefix.ts';
import { type Haproxy, noHaproxy, startHaproxy } from '../balancer/haproxy.ts';
import { client, sql } from './database.ts';
import { type Door, read, type Stored, startLoad, store, watchHealth } from './load.ts';
import { serviceUser, tokenOf } from './token.ts';
import { openWorld, type World } from './world.ts';

type Step = Record<'id' | 'action' | 'reason', string>;

const left = noHaproxy !== undefined || (await wineAvailable()) === undefined;
const minutes = 60_000;
/** A whole rollout under load; what hangs ends. */
const long = 40 * minutes;
const host = 73;
const nodes = [`http://127.${host}.0.2:9292`, `http://127.${host}.0.3:9292`];

describe.skipIf(left)('from 2023.1 to 2024.1 and back, two Windows nodes behind HAProxy under load', () => {
  let world: World;
  let haproxy: Haproxy;
  let door: Door;
  let before: Stored;
  const during: Stored[] = [];
  /** What a plan of the nodes without anything does with each step. */
  let fresh: ReadonlyMap<string, string>;

  beforeAll(async () => {
    world = await openWorld(host);
    const servers = { 'glance-1': `127.${host}.0.2:9292`, 'glance-2': `127.${host}.0.3:9292` };
    haproxy = await startHaproxy(world.folder, servers, 'inter 1s fall 5 rise 2');
    await writeFile(world.site, await siteText(world, haproxy));
    for (const release of ['2023.1', '2024.1']) await ok('build', world.site, '--release', release);
    const { steps } = JSON.parse(await ok('plan', world.site, '--format', 'json'));
    fresh = new Map(steps.map(({ id, action }: Step) => [id, action]));
    await ok('apply', world.site, '--yes');
    door = { url: haproxy.url, token: await tokenOf(world, serviceUser) };
    before = await store(door, 'before');
  }, long);
  afterAll(async () => {
    await haproxy?.stop();
    await world?.close();
  });

  async function ok(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await world.oriel(...args);
    if (code !== 0) throw new Error(`oriel ${args.join(' ')} ended with ${code}:\n${stderr}\n${stdout}`);
    return stdout;
  }

  /** Runs a verb under load; what the clients and the health of the nodes say of it. */
  async function underLoad(...args: readonly string[]): Promise<string> {
    const load = startLoad(door, before);
    const health = watchHealth(nodes.map((url) => `${url}/healthcheck`));
    const said = await ok(...args);
    const [found, away] = [await load.stop(), await health.stop()];
    const { requests, uploads, downloads, retried } = found;
    console.log(
      `${args[0]}: ${requests} requests (${uploads} uploads, ${downloads} downloads), ${retried.length} tried again, ${found.lost.length} lost; without a healthy node ${away} ms`,
    );
    expect(found.lost).toEqual([]);
    expect(away).toBe(0);
    expect([uploads > 10, downloads > 10]).toEqual([true, true]);
    during.push(...found.kept.slice(0, 3));
    return said;
  }

  async function everyImageFromEveryNode(): Promise<void> {
    for (const { id, sha256 } of [before, ...during])
      for (const url of nodes) expect([url, id, await read({ ...door, url }, id)]).toEqual([url, id, sha256]);
  }

  async function packages(): Promise<unknown> {
    const { nodes: found } = JSON.parse((await world.oriel('status', world.site, '--json')).stdout);
    return found.map((node: { package: string; drift: unknown }) => [node.package, node.drift]);
  }

  test('refuses to go too far in one step, and says the path', async () => {
    await ok('build', world.site, '--release', '2024.2');
    const { code, stderr } = await world.oriel('upgrade', world.site, '--to', '2024.2', '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain('glance-1 has 2023.1, which cannot go to 2024.2 in one step');
    expect(stderr).toContain('--to 2024.1, then oriel upgrade');
    expect(await readFile(world.site, 'utf8')).toContain('release: "2023.1" # the release of the nodes');
    expect(await packages()).toEqual([
      ['26.1.0', []],
      ['26.1.0', []],
    ]);
  });

  test('upgrades with no request lost and never without a healthy node', {
    timeout: long,
  }, async () => {
    const said = await underLoad('upgrade', world.site, '--to', '2024.1', '--yes');
    expect(said).toContain('goes back; to end that');
    expect(await packages()).toEqual([
      ['28.2.0', []],
      ['28.2.0', []],
    ]);
    expect(await world.oriel('plan', world.site, '--check')).toMatchObject({ code: 0 });
    expect(await readFile(world.site, 'utf8')).toContain('release: "2024.1" # the release of the nodes');
    await everyImageFromEveryNode();
  });

  test('saved the database before its schema was changed, and left the old release able to run on it', async () => {
    const dump = await readFile(join(world.folder, 'dump-2024.1'), 'utf8');
    expect(dump).toContain('alembic_version');
    expect(dump).not.toContain('cached_images');
    expect(await sql(world, 'SELECT version_num FROM alembic_version ORDER BY 1')).toBe(
      '2023_1_contract01\n2024_1_expand01',
    );
    expect(await sql(world, 'SHOW TABLES')).toContain('cached_images');
  });

  test('goes back, and the old version serves the images written before and during', {
    timeout: long,
  }, async () => {
    const said = await underLoad('rollback', world.site, '--yes');
    expect(said).toContain('a plan is empty');
    expect(await packages()).toEqual([
      ['26.1.0', []],
      ['26.1.0', []],
    ]);
    expect(await world.oriel('plan', world.site, '--check')).toMatchObject({ code: 0 });
    expect(await readFile(world.site, 'utf8')).toContain('release: "2023.1" # the release of the nodes');
    await everyImageFromEveryNode();
  });

  test('after a removal a plan says only what a fresh install would do', async () => {
    await ok('remove', world.site, '--yes');
    const { steps } = JSON.parse(await ok('plan', world.site, '--format', 'json'));
    const others = steps.filter(({ id, action }: Step) => action !== 'none' && fresh.get(id) !== action);
    expect(others.map(({ id, reason }: Step) => `${id}: ${reason}`)).toEqual([]);
    expect(await sql(world, 'SELECT COUNT(*) FROM images')).not.toBe('0');
  });
});

/** The site of this world: one worker a node, as the machine is small, and HAProxy before them. */
async function siteText(world: World, { socket }: Haproxy): Promise<string> {
  const text = await readFile(world.site, 'utf8');
  const dump = `dump: [sh, ${join(world.folder, 'dump.sh')}, "{release}"]`;
  await writeFile(join(world.folder, 'dump.sh'), await dumpScript(world));
  return `${text
    .replace(/^release: .*$/m, 'release: "2023.1" # the release of the nodes')
    .replace('workers: 2', 'workers: 1')
    .replace(/^(\s+)(password: \{ secret: glance_database_password \})$/m, `$1$2\n$1${dump}`)}
rollout:
  settle: 2s
  health: { upload: 1MiB }
  drain: { timeout: 60s, haproxy: { socket: ${socket}, backend: images } }
`;
}

/** Names of the tables, in place of a whole dump: enough to tell before from after. */
async function dumpScript(world: World): Promise<string> {
  const { args, env } = await client(world);
  const words = args.map((word) => `'${word}'`).join(' ');
  return `MYSQL_PWD='${env.MYSQL_PWD}' mariadb ${words} -N glance -e 'SHOW TABLES' > '${world.folder}/dump-'"$1"\n`;
}
