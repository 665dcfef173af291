import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { relationNamed } from './model/model.ts';
import { aCharmWorld, application, type CharmWorld, statusLines, type WorldOptions } from './world.ts';

/** What ends blocked, and says what to do. */
let world: CharmWorld;
afterEach(() => world.close());

async function settled(options: WorldOptions = {}): Promise<void> {
  world = await aCharmWorld(options);
  await world.settle();
}

const statuses = () => statusLines(world);
const first = `${application}/0`;
const update = () => world.deliver(first, { kind: 'update-status' });

describe('16: a secret', () => {
  const id = 'secret:d0ktqa7mp25c7c9rhgl0';
  const config = { 'windows-credentials': id, 'windows-user': '', 'windows-password': '' };
  const secrets = (content: Record<string, string>, granted: string[]) => ({
    secrets: { [id.slice(7)]: { content, granted } },
  });

  test('that is not granted yet is asked for again by every hook', async () => {
    const model = secrets({ username: 'oriel', password: 'nodes-secret-1' }, []);
    await settled({ units: 1, config, model });
    const [status = ''] = statuses();
    expect(status).toMatch(
      /^blocked: secret of windows-credentials is not granted: juju grant-secret secret:/,
    );
    expect(status.length).toBeLessThanOrEqual('blocked: '.length + 120);
    expect(world.nodes.size).toBe(0);
    model.secrets[id.slice(7)]?.granted.push(application);
    await update();
    expect(statuses()).toEqual(['active: ready']);
  });

  test('without a key that is needed names it', async () => {
    await settled({ units: 1, config, model: secrets({ username: 'oriel' }, [application]) });
    expect(statuses()).toEqual([
      'blocked: windows-credentials needs the key password for windows-transport=winrm',
    ]);
  });

  test('of somebody else is not found', async () => {
    await settled({ units: 1, config });
    expect(statuses()[0]).toMatch(/^blocked: secret of windows-credentials: secret "secret:.*" not found/);
  });
});

test('what the machine of the unit refuses is no failed hook, and the next one goes on', async () => {
  world = await aCharmWorld({ units: 1, config: { 'windows-nodes': 'hv-01=10.0.0.11' } });
  const place = join(world.folder, first.replace('/', '-'), 'site', 'dist', 'oriel-glance-29.2.1.msi');
  mkdirSync(place, { recursive: true });
  await world.settle();
  expect(statuses()).toEqual([expect.stringMatching(/^blocked: .*is a directory/i)]);
  rmdirSync(place);
  await update();
  expect(statuses()).toEqual(['active: ready']);
});

test('18: 300 nodes are no argument of a tool', async () => {
  const nodes = [...Array(300).keys()].map(
    (index) => `hyper-v-host-number-${index}=10.7.${index % 200}.${index}`,
  );
  world = await aCharmWorld({
    units: 1,
    config: { 'windows-nodes': nodes.join(','), 'windows-transport': 'ssh' },
    model: { longestCommand: 4_000 },
  });
  await world.settle();
  expect(statuses()[0]).toMatch(/^blocked: windows-credentials needs the key private-key/);
  const bag = relationNamed(world.model, 'shared-db:1').bags[first];
  expect(JSON.parse(bag?.hostname ?? '')).toHaveLength(300);
});

test('a step that fails, and a node that is not reached, are named, and made up for', async () => {
  world = await aCharmWorld({ units: 1, config: { 'windows-nodes': 'hv-01=10.0.0.11' } });
  world.control.lost = true;
  await world.settle();
  expect(statuses()).toEqual(['waiting: hv-01: no answer on port 5986']);
  world.control.lost = false;
  world.control.opened = ({ exitCodes }) => exitCodes.push(1603);
  await update();
  expect(statuses()[0]).toMatch(/^blocked: hv-01\/glance\/\S+: /);
  delete world.control.opened;
  await update();
  expect(statuses()).toEqual(['active: ready']);
});
