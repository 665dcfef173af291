import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settingsOf } from '../../src/components/glance/site/settings.ts';
import { loadSite } from '../../src/components/index.ts';
import { openIdentityEndpoint } from '../../src/identity/endpoint.ts';
import { run } from '../../src/process.ts';
import { openSession } from '../../src/session/open/open.ts';
import type { AgentCall } from '../../src/session/session.ts';
import { randomFrom } from '../fixtures/random.ts';
import { sql } from './database.ts';
import type { Ended } from './oriel.ts';
import { openWorld, type World } from './world.ts';

/** `ORIEL_SEED=N` repeats what a title names. */
const seed = Number(process.env.ORIEL_SEED ?? Math.floor(Math.random() * 2 ** 32));
const account = 'EXAMPLE\\glance$';
const group = 'Performance Log Users';
const cache =
  'options: { DEFAULT: { image_cache_dir: C:\\ProgramData\\oriel\\glance\\cache, image_cache_driver: sqlite } }';
const beside = ['oriel-glance-scrubber', 'oriel-glance-cache'];
const names = ['glance-1', 'glance-2', 'glance-3'];
/** A node is watched before an image has to go through it. */
const watched = (node: string) => (line: string) => line.includes(`"step":"${node}/rollout/settle"`);

// One story, told in order, on nodes without Wine: what a failing node does to a rollout, and what comes and goes by apply.
describe('three nodes', () => {
  let world: World;
  let base = '';

  beforeAll(async () => {
    world = await openWorld(74, ['--simulated', '--nodes', '3']);
    base = await readFile(world.site, 'utf8');
    await writeSite('2024.1', 'serial: 1');
    for (const release of ['2024.1', '2024.2']) await ok('build', world.site, '--release', release);
    // Of this node somebody has seen to it before us.
    await asked('glance-3', { call: 'Add-GroupMember', group, account });
    await ok('apply', world.site, '--yes');
  });
  afterAll(() => world?.close());

  async function ok(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await world.oriel(...args);
    if (code !== 0) throw new Error(`oriel ${args.join(' ')} ended with ${code}:\n${stderr}\n${stdout}`);
    return stdout;
  }

  /** The site that the world came with, for three nodes and another account. */
  async function writeSite(
    release: string,
    rollout: string,
    { features = 'api', workers = 1, port = 9292 } = {},
  ): Promise<void> {
    const service = `features: [${features}]\n    service: { account: '${account}', groups: [${group}] }\n    ${cache}`;
    const text = base
      .replace(/^release: .*$/m, `release: "${release}"`)
      .replace('port: 9292', `port: ${port}`)
      .replace('    workers: 2', () => `    workers: ${workers}\n    ${service}`);
    const more = `  glance-3: { address: 127.74.0.4 }\nrollout: { settle: 2s, health: { upload: 4MiB }, ${rollout} }\n`;
    await writeFile(world.site, `${text.trimEnd()}\n${more}`);
  }

  async function asked(name: string, call: AgentCall): Promise<unknown> {
    const { nodes } = await loadSite(world.site, { secrets: 'placeholder' });
    const node = nodes.find((one) => one.name === name);
    if (!node) expect.fail(`no ${name}`);
    const session = await openSession(node);
    return session.call(call).finally(() => session.close());
  }

  /** Runs a verb while the disk for images is full for one node, from when it is changed until the verb has ended. */
  async function withoutRoom(node: string, ...args: readonly string[]): Promise<Ended> {
    const limit = (): void => {
      for (const pid of processesOf(`${world.sandbox}/nodes/${node}/`))
        spawnSync('prlimit', ['--pid', String(pid), '--fsize=1048576']);
    };
    return world.doWhen(watched(node), limit, ...args, '--yes', '--json');
  }

  async function packages(): Promise<readonly string[]> {
    const { nodes } = JSON.parse((await world.oriel('status', world.site, '--json')).stdout);
    return nodes.map((node: { package: string; health: number }) => `${node.package} ${node.health}`);
  }

  test('a second node that is not healthy stops a rollout: the first serves, the third is not touched', async () => {
    await writeSite('2024.1', 'on_failure: stop');
    const third = await lastChange('glance-3');
    const { code, stdout } = await withoutRoom('glance-2', 'upgrade', world.site, '--to', '2024.2');
    expect(code).toBe(1);
    expect(stdout).toMatch(/"check":"rollout\/gate","node":"glance-1","verdict":"pass"/);
    expect(stdout).toMatch(/"check":"glance\/share-handles","node":"glance-1".*handles open on/);
    expect(stdout).toMatch(
      /rollout stopped after batch 2 of 3 .*glance-2: glance\/upload: .*413.*not touched: glance-3/,
    );
    expect(await packages()).toEqual(['29.2.1 200', '29.2.1 200', '28.2.0 200']);
    expect(await lastChange('glance-3')).toBe(third);
    await ok('verify', world.site, '--size', '1MiB', '--node', 'glance-1', '--node', 'glance-3');
  });

  test('with on_failure: rollback nodes that were changed go back to what they had', async () => {
    await writeSite('2024.2', 'on_failure: rollback', { workers: 2, port: 9293 });
    const third = await lastChange('glance-3');
    const { code, stdout } = await withoutRoom('glance-2', 'apply', world.site);
    expect(code).toBe(1);
    expect(stdout).toContain('on_failure: rollback: goes back: glance-1 to 29.2.1, glance-2 to 29.2.1');
    expect(stdout).toContain('back: glance-1 to 29.2.1, glance-2 to 29.2.1');
    await writeSite('2024.2', 'serial: 1');
    expect(await packages()).toEqual(['29.2.1 200', '29.2.1 200', '28.2.0 200']);
    expect(await lastChange('glance-3')).toBe(third);
  });

  test('the rollout is taken up where it stopped', async () => {
    const said = await ok('upgrade', world.site, '--yes', '--json');
    expect(said).not.toMatch(/"step-started","step":"glance-[12]/);
    expect(await packages()).toEqual(Array(3).fill('29.2.1 200'));
    await ok('plan', world.site, '--check');
  });

  test('--contract takes from the schema what only older releases need, once', async () => {
    // As an upgrade from 2023.1 leaves it.
    await sql(world, "UPDATE alembic_version SET version_num = '2023_1_contract01'");
    await sql(world, "INSERT INTO alembic_version VALUES ('2024_1_expand01')");
    await ok('plan', world.site, '--check');
    expect(await ok('upgrade', world.site, '--contract', '--yes', '--json')).toContain('"step-started"');
    expect(await sql(world, 'SELECT version_num FROM alembic_version')).toBe('2024_1_contract01');
    expect(await ok('upgrade', world.site, '--contract', '--yes', '--json')).not.toContain('"step-started"');
  });

  const state = (name: string) => asked('glance-2', { call: 'Get-ServiceState', name });

  test('features come by apply, and with them an older release may still run', async () => {
    await writeSite('2024.2', 'serial: 1', { features: 'api, scrubber, cache-maintenance' });
    await ok('apply', world.site, '--yes', '--node', 'glance-2');
    expect(await Promise.all(beside.map(state))).toMatchObject(Array(2).fill({ status: 'Running' }));
    await ok('plan', world.site, '--check', '--node', 'glance-2');
    const { code, stderr } = await world.oriel('upgrade', world.site, '--contract', '--yes');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('not contracted: an older release may still run'),
    ]);
  });

  test('what was changed by hand is shown with who and when; apply takes it back, and features that go', async () => {
    const [name = ''] = beside;
    await asked('glance-2', { call: 'Set-ServiceStartMode', name, startMode: 'Manual' });
    const { code, stdout } = await world.oriel('drift', world.site, '--node', 'glance-2');
    expect(code).toBe(3);
    expect(stdout).toMatch(
      /startMode Manual, not Auto \[changed on the node since apply of .*, by \.\\oriel at 20/,
    );
    const status = JSON.parse((await world.oriel('status', world.site, '--json')).stdout);
    expect(status.nodes[1].byHand).toMatchObject([
      { step: `glance-2/glance/service/${name}`, who: '.\\oriel' },
    ]);
    expect(status.identity).toMatchObject({ node: 'keystone', reached: true, drift: [] });
    await writeSite('2024.2', 'serial: 1', { features: 'api, scrubber' });
    await ok('apply', world.site, '--yes', '--node', 'glance-2');
    const [scrubber, cache] = await Promise.all(beside.map(state));
    expect([scrubber, cache]).toMatchObject([{ status: 'Running', startMode: 'Auto' }, { exists: false }]);
    await ok('plan', world.site, '--check', '--node', 'glance-2');
  });

  test.each([0, 1, 2])(`a removal is killed at moment %d (ORIEL_SEED=${seed})`, async (index) => {
    let left = Math.floor(randomFrom(seed + index)() * 60);
    const due = (line: string): boolean => /"step-(started|finished)"/.test(line) && --left < 0;
    await world.killWhen(due, 'remove', world.site, '--yes', '--json');
  });

  test('a removal takes what we made, names what it leaves, and then there is nothing to do', async () => {
    const first = await ok('remove', world.site, '--yes', '--json');
    expect(first).toContain(`glance-3/glance/local-group-member/${group}, which no run from here has made`);
    const right = 'SeServiceLogonRight';
    for (const name of names) {
      expect(await asked(name, { call: 'Get-AccountRight', right })).toEqual({
        accounts: ['NT SERVICE\\ALL SERVICES'],
      });
      const members = name === 'glance-3' ? [account] : [];
      expect(await asked(name, { call: 'Get-GroupMember', group })).toEqual({ exists: true, members });
      for (const service of ['api', 'scrubber', 'cache'])
        expect(
          await asked(name, { call: 'Get-ServiceState', name: `oriel-glance-${service}` }),
        ).toMatchObject({
          exists: false,
        });
    }
    // The sandbox has made the user, with its role.
    expect(first).toContain('keystone/glance/keystone-user/glance, which no run from here has made');
    const glance = settingsOf(await loadSite(world.site));
    if (!glance.keystone?.admin) expect.fail('the site has no administrator of Keystone');
    const keystone = await openIdentityEndpoint(glance.keystone, glance.keystone.admin);
    expect(await keystone.call({ call: 'Get-IdentityService', type: 'image' })).toEqual({ exists: false });
    expect(await ok('remove', world.site, '--yes', '--json')).not.toContain('"step-started"');
  });

  /** When something was last written below the drive of a node, in milliseconds; the agent's own runs are none of it. */
  async function lastChange(node: string): Promise<string> {
    const drive = `${world.sandbox}/nodes/${node}/simulated/drive_c`;
    const { stdout } = await run(
      'find',
      [drive, '-type', 'f', '-not', '-path', '*/log/*', '-printf', '%T@ %p\n'],
      {},
    );
    return stdout.split('\n').sort().at(-1) ?? '';
  }
});

/** Processes of this machine whose command line holds a text. */
function processesOf(text: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);
}
