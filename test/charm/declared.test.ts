import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Charm, charmFlavours } from '../../src/charm/model/charm.ts';
import { toCharm } from '../../src/charm/model/to-charm.ts';
import { components } from '../../src/components/index.ts';
import { composeSite } from '../../src/juju/compose/compose-site.ts';
import { portOf } from '../../src/juju/compose/options.ts';
import { heldRelease } from '../../src/juju/converge/converge.ts';
import { leave } from '../../src/juju/converge/leave.ts';
import { keepNagiosCheck } from '../../src/juju/converge/nagios-check.ts';
import { componentNamed, takePackage } from '../../src/juju/converge/package.ts';
import type { HookPlace } from '../../src/juju/converge/place.ts';
import type { Facts, RelationData } from '../../src/juju/gather/facts.ts';
import { relationHandlers } from '../../src/juju/relations/index.ts';
import { shareNodes } from '../../src/juju/site/nodes.ts';
import { aDeployment } from '../fixtures/deployment.ts';

/** Every endpoint and every option of a charm does something. */
const charms = components.flatMap((component) => charmFlavours.map((flavour) => toCharm(component, flavour)));
const cases = charms.map((charm) => [`${charm.name}, ${charm.flavour}`, charm] as const);
const endpoints = ({ relations }: Charm) =>
  Object.entries(relations).flatMap(([endpoint, { role }]) => (role === 'peers' ? [] : [endpoint]));

test.each(cases)('every endpoint of %s is read or written', (_, charm) => {
  const idle = endpoints(charm).filter((endpoint) => {
    const { read, request, offer } = relationHandlers[endpoint] ?? {};
    return !read && !request && !offer;
  });
  expect(idle).toEqual([]);
});

test('no handler is for an endpoint that no charm has', () => {
  const declared = new Set(charms.flatMap(endpoints));
  expect(Object.keys(relationHandlers).filter((endpoint) => !declared.has(endpoint))).toEqual([]);
});

const dispatch = { proxy: 'charms/proxy/dispatch', native: 'charms/native/dispatch.ps1' } as const;

test.each(cases)('every option of %s is read by a hook, or by dispatch', async (_, charm) => {
  const read = await optionsReadBy(charm);
  const script = readFileSync(join(import.meta.dirname, '../..', dispatch[charm.flavour]), 'utf8');
  const unread = Object.keys(charm.options).filter(
    (option) =>
      !read.has(option) && !new RegExp(`config-get\\S* \\S*${option}\\b|['"]${option}['"]`).test(script),
  );
  expect(unread).toEqual([]);
});

/** What hooks ask for where everything is related and set. */
async function optionsReadBy(charm: Charm): Promise<ReadonlySet<string>> {
  const read = new Set<string>();
  const facts = factsOf(charm, read);
  const surroundings = {
    facts,
    share: shareNodes(facts, { name: 'win-0', address: '10.0.0.20' }),
    port: portOf(facts),
  };
  composeSite(surroundings);
  for (const [endpoint, [relation]] of facts.relations) {
    const { request, offer } = relationHandlers[endpoint] ?? {};
    if (relation) request?.(relation, surroundings);
    offer?.(surroundings, true);
  }
  heldRelease(facts);
  await leave({ ...facts, event: { ...facts.event, name: 'stop' } }, { folder: '/nowhere' } as HookPlace);
  const place = { ...aDeployment().build(), directory: '/nowhere' };
  const supply = { resource: async () => undefined, emit: () => {} };
  await takePackage(facts, componentNamed(charm.component), place, supply);
  if (charm.flavour === 'proxy')
    await keepNagiosCheck(surroundings, {
      commands: '/nowhere',
      exported: '/nowhere',
      restart: async () => {},
    });
  return read;
}

function factsOf(charm: Charm, read: Set<string>): Facts {
  const set = {
    ...{ 'windows-nodes': 'hv-01=10.0.0.11', 'windows-user': 'oriel', 'windows-password': 'password-1' },
    ...{ 'windows-transport': 'winrm', 'database-connection': 'mysql+pymysql://u@h/d' },
  };
  const config = new Proxy<Facts['config']>(set, {
    get(target, name) {
      read.add(String(name));
      return target[String(name)];
    },
  });
  const relation = (endpoint: string): RelationData => ({
    ...{ id: `${endpoint}:1`, endpoint, remote: 'other', application: {}, own: {} },
    units: new Map([['other/0', {}]]),
  });
  const unit = `${charm.name}/0`;
  return {
    event: {
      ...{ name: 'update-status', unit, application: charm.name, model: '', juju: '3.6.4' },
      charmDirectory: '/nowhere',
    },
    ...{ charm, config, leader: true, state: { release: '2024.1' }, secrets: new Map() },
    relations: new Map(endpoints(charm).map((endpoint) => [endpoint, [relation(endpoint)]])),
    peers: { id: 'cluster:0', units: [unit], bags: new Map(), application: {} },
  };
}
