import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoWine, wineAvailable } from '../../src/sandbox/wine/prefix.ts';
import { type Agent, openAgent } from '../charm/agent/agent.ts';
import { openMachine } from '../charm/agent/machine.ts';
import { leftOut, whole } from '../extent.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { aClockModel, clockApplication } from './clock-model.ts';
import { buildClock, type ClockWorld, noClock, openClockWorld } from './clock-world.ts';

const host = 83;
const why = [whole ? undefined : leftOut, (await wineAvailable()) ? undefined : whyNoWine, noClock].find(
  (reason) => reason !== undefined,
);
const conf = join('ProgramData', 'Example Clock', 'etc', 'clock.conf');

describe(`a proxy charm and a node of Wine${why ? ` (left out: ${why})` : ''}`, () => {
  let world: ClockWorld;
  let agent: Agent;
  let model: ReturnType<typeof aClockModel>;

  beforeAll(async () => {
    if (why !== undefined) return;
    world = await openClockWorld(process.cwd(), host, []);
    const folder = temporaryFolder('oriel-charm-proxy-');
    agent = await openAgent(folder);
    const built = await buildClock(world.folder, 'proxy', host);
    const charm = join(folder, 'unit', 'charm');
    const { command, path } = await openMachine('proxy', { charm, archive: built.charm });
    const file = (name: string) => readFileSync(join(world.folder, 'sandbox', name), 'utf8');
    model = aClockModel({
      ...{ flavour: 'proxy', network: '10.99.0', resources: { 'clock-msi': built.msi } },
      nodes: { port: 2222 },
      config: {
        'windows-nodes': `clock-1=127.${host}.0.2`,
        'windows-credentials': 'secret:windows',
        'windows-known-hosts': file('known_hosts'),
      },
      secrets: {
        windows: {
          content: { username: 'oriel', 'private-key': file('id_ed25519') },
          granted: [clockApplication],
        },
      },
      run: async (context, environment) =>
        (await agent.run(context, { command, charm, path, environment })).code,
    });
  });
  afterAll(async () => {
    agent?.close();
    await world?.close();
  });

  test.skipIf(why)(
    'installs the package there, ends active, and takes it away with its last unit',
    async () => {
      const { unit } = model;
      await model.settle();
      expect(unit.status, unit.log.join('\n')).toEqual({ status: 'active', message: 'ready' });
      expect(await readFile(join(world.drive, conf), 'utf8')).toContain('label = charm');
      expect(JSON.parse(await world.ok('status', 'site.yaml', '--json')).nodes).toMatchObject([
        { package: '1.0.0', service: 'Running' },
      ]);
      unit.log.length = 0;
      await model.removeUnit(unit.name);
      expect(existsSync(join(world.drive, conf)), unit.log.join('\n')).toBe(false);
    },
  );
});
