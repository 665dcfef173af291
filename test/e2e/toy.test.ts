import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wineAvailable } from '../../src/sandbox/wine/prefix.ts';
import { pretendGlance, writeBothSite } from './both-site.ts';
import { type ClockWorld, noClock, openClockWorld, siteText } from './clock-world.ts';

const wine = (await wineAvailable()) !== undefined;
const host = 81;
const place = wine ? 'in Wine' : 'on a simulated node, which runs no such program: nothing is applied';
const conf = join('ProgramData', 'Example Clock', 'etc', 'clock.conf');

interface Step {
  readonly id: string;
  readonly component: string;
  readonly action: string;
}

describe(`a component of a folder outside, ${place}`, () => {
  let world: ClockWorld;
  let ok: ClockWorld['ok'];

  beforeAll(async () => {
    world = await openClockWorld(process.cwd(), host, wine ? [] : ['--simulated']);
    ({ ok } = world);
  });
  afterAll(() => world?.close());

  async function steps(...args: readonly string[]): Promise<readonly Step[]> {
    return JSON.parse(await ok('plan', ...args, '--format', 'json')).steps;
  }

  /** What verify says; on a busy machine the first time is written a moment after the service runs. */
  async function ticks(): Promise<unknown> {
    return JSON.parse((await world.oriel('verify', 'site.yaml', '--format', 'json')).stdout).checks;
  }

  /** What status says of the only node, without what changes from run to run. */
  async function seen(): Promise<unknown> {
    return JSON.parse(await ok('status', 'site.yaml', '--json')).nodes;
  }

  test('explains its options, and its grammar is part of the schema', async () => {
    expect(await ok('options', 'clock')).toContain('display.seconds  boolean');
    const described = JSON.parse(await ok('options', 'clock', 'local', '--json'));
    expect(described).toMatchObject([{ group: 'display', name: 'local' }]);
    expect(await ok('schema')).toContain('to tell the time');
  });

  test('is validated with the rest of the site, each error with its place', async () => {
    expect(await ok('validate', 'site.yaml')).toContain('clock on 1 node (clock-1), the time as `toy`');
    const wrong = siteText('toy', '2024.1', host)
      .replace('label: toy', 'label: two words')
      .replace('interval: 1s', 'interval: soon')
      .replace('seconds:', 'second:');
    await writeFile(join(world.folder, 'wrong.yaml'), wrong);
    const { code, stdout, stderr } = await world.oriel('validate', 'wrong.yaml');
    expect(code).toBe(2);
    const said = stdout + stderr;
    expect(said).toContain('wrong.yaml:5:12: `label` must be one word (components.clock.label)');
    expect(said).toContain('wrong.yaml:6:15: `interval` must be a duration');
    expect(said).toMatch(/wrong\.yaml:7:\d+: clock has no option `display\.second`/);
    await writeFile(join(world.folder, 'old.yaml'), siteText('toy', '2023.1', host));
    expect((await world.oriel('validate', 'old.yaml')).stdout).toContain('the clock has no release 2023.1');
  });

  test('renders its file', async () => {
    await ok('render', 'site.yaml');
    const text = await readFile(join(world.folder, 'dist', 'render', 'clock-1', 'clock.conf'), 'utf8');
    expect(text.split('\r\n')).toEqual([
      '# Rendered by oriel: changes made here are overwritten.',
      ...['interval = 1', 'label = toy', 'seconds = true', ''],
    ]);
  });

  test('becomes charms of both flavours, which the lint has nothing to say of', async () => {
    for (const flavour of ['proxy', 'native']) {
      const charm = join('dist', `clock-windows_${flavour}.charm`);
      expect(await ok('charm', 'build', 'clock', '--flavour', flavour)).toContain(charm);
      expect(JSON.parse(await ok('charm', 'lint', charm, '--format', 'json'))).toEqual([]);
    }
  });

  test.skipIf(noClock)(`is built and planned${noClock ? `: ${noClock}` : ''}`, async () => {
    for (const release of ['2024.1', '2024.2'])
      expect(await ok('build', 'site.yaml', '--release', release)).toContain('built');
    const planned = await steps('site.yaml');
    expect(planned.map(({ id }) => id)).toEqual([
      ...['root', 'packages', 'config', 'data'].map((name) => `clock-1/clock/directory/${name}`),
      'clock-1/clock/package/example-clock',
      'clock-1/clock/file/clock.conf',
      'clock-1/clock/service/example-clock',
    ]);
    expect(planned.every(({ component }) => component === 'clock')).toBe(true);
  });

  test.skipIf(noClock)(
    'stands on one node with another component, each step with an id of its own',
    async () => {
      await writeBothSite(world.folder, host);
      expect(await ok('validate', 'both.yaml')).toMatch(/glance on 1 node \(clock-1\), .*clock on 1 node/);
      await ok('render', 'both.yaml', '--out', 'both');
      const names = ['glance-api.conf', 'clock.conf'];
      for (const name of names) await readFile(join(world.folder, 'both', 'clock-1', name));
      // The package of the other one is not there: nobody asked for it.
      const own = await steps('both.yaml', '--component', 'clock');
      expect(own.map(({ component }) => component)).toEqual(own.map(() => 'clock'));
      const refused = await world.oriel('plan', 'both.yaml');
      expect(refused.stderr).toMatch(/oriel-glance-.*\.msi: the package for 2024.2 is not built/);
      await pretendGlance(world.folder);
      const all = await steps('both.yaml');
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
      for (const name of ['config', 'packages'])
        expect(all.filter(({ id }) => id.endsWith(`/directory/${name}`))).toHaveLength(2);
      expect(all.filter(({ component }) => component === 'clock')).toHaveLength(own.length);
    },
  );

  const done = !wine || noClock !== undefined;

  test.skipIf(done)('is applied once, and runs', async () => {
    await ok('apply', 'site.yaml', '--yes');
    expect(await ok('apply', 'site.yaml', '--yes', '--json')).not.toContain('"step-started"');
    const own = { package: '1.0.0', service: 'Running' };
    expect(await seen()).toMatchObject([{ ...own, node: 'clock-1', components: { clock: own }, drift: [] }]);
  });

  test.skipIf(done)('is verified by its own check', async () => {
    const evidence = { text: expect.stringMatching(/^1\.0\.0 toy \d{4}-/) };
    await expect.poll(ticks).toMatchObject([{ check: 'clock/ticks', verdict: 'pass', evidence }]);
    expect(await ok('verify', 'site.yaml', '--explain', 'ticks')).toContain('can run and do nothing');
  });

  test.skipIf(done)('is seen to have been changed by hand', async () => {
    await appendFile(join(world.drive, conf), 'label = other\r\n');
    const { code, stdout } = await world.oriel('drift', 'site.yaml');
    expect(code).toBe(3);
    expect(stdout).toMatch(/clock\/file\/clock\.conf {2}content differs \[changed on the node since apply/);
  });

  test.skipIf(done)('goes to its next version, back in order, and not further back', async () => {
    const said = await ok('upgrade', 'site.yaml', '--to', '2024.2', '--yes');
    // It keeps nothing to go back to, and has nothing to end.
    expect(said.trim()).toBe('The nodes have 2024.2.');
    expect(await readFile(join(world.folder, 'site.yaml'), 'utf8')).toContain('release: "2024.2"');
    expect(await seen()).toMatchObject([{ package: '1.1.0', service: 'Running', drift: [] }]);
    const evidence = { text: expect.stringMatching(/^1\.1\.0 toy /) };
    await expect.poll(ticks).toMatchObject([{ verdict: 'pass', evidence }]);
    const { code, stderr } = await world.oriel('upgrade', 'site.yaml', '--to', '2024.1', '--yes');
    expect({ code, stderr }).toMatchObject({ code: 2 });
    expect(stderr).toContain('has 2024.2, which is newer than 2024.1');
    const back = await world.oriel('rollback', 'site.yaml', '--yes');
    expect(back).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no component of this site keeps'),
    });
  });

  test.skipIf(done)('is applied alone where the site has more', async () => {
    const both = join(world.folder, 'both.yaml');
    await writeFile(both, (await readFile(both, 'utf8')).replace('label: toy', 'label: both'));
    const said = await ok('apply', 'both.yaml', '--component', 'clock', '--yes', '--json');
    const ended = said.split('\n').filter((line) => line.includes('"step-finished"'));
    const changed = ended.map((line) => JSON.parse(line)).filter(({ result }) => result === 'changed');
    expect(changed.map(({ step }) => step)).toEqual([
      'clock-1/clock/file/clock.conf',
      'clock-1/clock/service/example-clock',
    ]);
    expect(await readFile(join(world.drive, conf), 'utf8')).toContain('label = both');
  });

  test.skipIf(done)('runs beside the other, and each is seen and verified by its name', async () => {
    await ok('build', 'both.yaml');
    const applied = await ok('apply', 'both.yaml', '--yes', '--json');
    // What is there already is left alone.
    expect(applied).not.toMatch(/"step-started".*clock-1\/clock\//);
    const [node] = JSON.parse(await ok('status', 'both.yaml', '--json')).nodes;
    expect(node).toMatchObject({ healthy: true, drift: [] });
    expect(node.components).toMatchObject({
      glance: { package: '29.2.1', service: 'Running', health: 200, workers: 1 },
      clock: { package: '1.1.0', service: 'Running' },
    });
    const verified = JSON.parse(await ok('verify', 'both.yaml', '--size', '64KiB', '--format', 'json'));
    const passed = verified.checks.map(({ check }: { readonly check: string }) => check.split('/')[0]);
    expect([...new Set(passed)].sort()).toEqual(['clock', 'glance', 'storage']);
    expect(await world.oriel('plan', 'both.yaml', '--check')).toMatchObject({ code: 0 });
  });

  test.skipIf(done)('is removed but for the times it wrote', async () => {
    const { code, stderr } = await world.oriel('remove', 'both.yaml', '--yes');
    expect(code).toBe(0);
    expect(stderr).toContain('the time in C:\\ProgramData\\Example Clock\\data');
    expect(stderr).toContain('images of store images');
    await expect(readFile(join(world.drive, conf))).rejects.toThrow('ENOENT');
    await readFile(join(world.drive, 'ProgramData', 'Example Clock', 'data', 'time.txt'));
    expect(await ok('remove', 'site.yaml', '--yes', '--json')).not.toContain('"step-started"');
    const left = (await steps('site.yaml')).filter(({ action }) => action === 'none');
    expect(left.map(({ id }) => id)).toEqual(
      ['root', 'data'].map((name) => `clock-1/clock/directory/${name}`),
    );
  });
});
