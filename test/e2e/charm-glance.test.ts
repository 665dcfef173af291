import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoWine, wineAvailable } from '../../src/sandbox/wine/prefix.ts';
import { type Agent, openAgent } from '../charm/agent/agent.ts';
import { buildCharm } from '../charm/agent/dispatched.ts';
import { openMachine } from '../charm/agent/machine.ts';
import { bagOf, type OtherCharm } from '../charm/model/charms.ts';
import { applicationNamed } from '../charm/model/model.ts';
import { type Simulation, simulate } from '../charm/model/simulate.ts';
import { aCharmModel, application, ourUnits } from '../charm/world.ts';
import { leftOut, whole } from '../extent.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { randomFrom } from '../fixtures/random.ts';
import { createImage, imageOf, send } from '../runtime/client.ts';
import { secret } from './database.ts';
import { administrator, keystoneUrl, tokenOf } from './token.ts';
import { openWorld, type World } from './world.ts';

const host = 84;
const why = [whole ? undefined : leftOut, (await wineAvailable()) ? undefined : whyNoWine].find(
  (reason) => reason !== undefined,
);
/** A unit that builds a package, and Windows Installer in Wine. */
const timeoutMs = 40 * 60_000;

describe(`Glance from a payload bundle, by its proxy charm${why ? ` (left out: ${why})` : ''}`, () => {
  let world: World;
  let agent: Agent;
  let model: Simulation;

  beforeAll(async () => {
    if (why !== undefined) return;
    world = await openWorld(host, ['--nodes', '1']);
    const bundle = join(world.folder, 'payload.tar');
    const { code, stderr } = await world.oriel('payload', 'bundle', bundle, '--site', world.site);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const folder = temporaryFolder('oriel-charm-glance-');
    agent = await openAgent(folder);
    const archive = await buildCharm('proxy', world.folder);
    const charm = join(folder, 'unit', 'charm');
    const { command, path } = await openMachine('proxy', { charm, archive });
    const environment = { ORIEL_UV: resolve('.venv', 'bin', 'uv') };
    model = simulate(await aModel(world, bundle), {
      ...{ application, random: randomFrom(1), others: { keystone: await ofSandbox(world) } },
      run: async (context, ofHook) =>
        (await agent.run(context, { command, charm, path, environment: { ...ofHook, ...environment } })).code,
    });
  }, timeoutMs);
  afterAll(async () => {
    agent?.close();
    await world?.close();
  });

  test.skipIf(why)(
    'is built in the unit, installed by Windows Installer, and ends active',
    async () => {
      await model.settle();
      const [unit] = ourUnits(model);
      expect(unit?.status, unit?.log.join('\n')).toEqual({ status: 'active', message: 'ready' });
      expect(unit?.version).toBe('2024.2');
      expect(unit?.log.join('\n').match(/package\/oriel-glance: installed/g)).toHaveLength(1);
    },
    timeoutMs,
  );

  test.skipIf(why)('stores an image and gives it back', async () => {
    const place = { host: `127.${host}.0.2`, port: 9292, token: await tokenOf(world, administrator) };
    const id = await createImage(place, 'by-charm');
    const data = Buffer.alloc(3 << 20, 'oriel');
    expect((await send(place, 'PUT', `/v2/images/${id}/file`, data)).status).toBe(204);
    expect(await imageOf(place, id)).toMatchObject({ status: 'active', size: data.length });
    expect((await send(place, 'GET', `/v2/images/${id}/file`)).body.equals(data)).toBe(true);
  });
});

/** One unit with the node, the database and the share of a sandbox. */
async function aModel(world: World, bundle: string) {
  const file = (name: string) => readFileSync(join(world.sandbox, name), 'utf8');
  const database = /connection: (\S+)/.exec(await readFile(world.site, 'utf8'))?.[1] ?? '';
  const site = {
    components: { glance: { workers: 2, bind: { host: 'node' } } },
    ...{ rollout: { settle: '0s' }, nodes: { defaults: { port: 2222 } } },
  };
  const granted = [application];
  const model = aCharmModel(
    {
      units: 1,
      relations: [['keystone', 'identity-service', 'keystone:identity-service']],
      config: {
        'site-config': JSON.stringify(site),
        'filesystem-store-datadir': '\\\\SOFS1\\images',
        'database-connection': database,
        'database-credentials': 'secret:database',
        'windows-nodes': `glance-1=127.${host}.0.2`,
        'windows-credentials': 'secret:windows',
        'windows-known-hosts': file('known_hosts'),
      },
    },
    '',
  );
  Object.assign(model.secrets, {
    windows: { content: { username: 'oriel', 'private-key': file('id_ed25519') }, granted },
    database: { content: { password: await secret(world, 'glance_database_password') }, granted },
  });
  Object.assign(applicationNamed(model, application).resources, { 'glance-payload': bundle });
  return model;
}

/** What keystone says of the identity service of a sandbox, whose only user is its administrator. */
async function ofSandbox(world: World): Promise<OtherCharm> {
  const { protocol, hostname, port } = new URL(await keystoneUrl(world));
  const password = await secret(world, administrator.secret);
  const where = (kind: string) => ({
    [`${kind}_protocol`]: protocol.slice(0, -1),
    [`${kind}_host`]: hostname,
    [`${kind}_port`]: port,
  });
  return (model, relation, own) => {
    for (const unit of applicationNamed(model, own).units)
      Object.assign(bagOf(relation, unit), {
        ...{ ...where('auth'), ...where('service'), ...where('internal') },
        ...{ service_username: administrator.name, service_password: password },
        ...{ service_tenant: administrator.project, service_domain: 'Default', api_version: '3' },
      });
  };
}
