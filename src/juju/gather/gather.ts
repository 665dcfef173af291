import type { Charm } from '../../charm/model/charm.ts';
import { knownSecret } from '../../secret.ts';
import type { HookEvent } from '../tools/hook-event.ts';
import type { Bag, HookTools } from '../tools/hook-tools.ts';
import { type Facts, type Peers, type RelationData, type SecretReading, unitNumber } from './facts.ts';

const secretUri = /^secret:/;
/** Keys of bags whose values are secrets; whatever repeats one is masked. */
const secretKeys = /password|secret|\.key$|_key$|adcredentials|^djoin-/;

/**
 * Asks Juju for everything a hook goes by, side by side. What cannot be read yet (peers before their relation is created) or is gone (the
 * relation of a `-broken` hook, which older agents still list) is left out. Throws BuildError where a hook tool fails.
 */
export async function gatherFacts(event: HookEvent, charm: Charm, tools: HookTools): Promise<Facts> {
  const [config, leader, state] = await Promise.all([tools.config(), tools.isLeader(), tools.state()]);
  const endpoints = Object.entries(charm.relations);
  const found = await Promise.all(
    endpoints.map(async ([endpoint, { role }]) => {
      const ids = (await tools.relationIds(endpoint)).filter(
        (id) => !(event.relation?.broken && event.relation.id === id),
      );
      return { endpoint, role, ids };
    }),
  );
  const [cluster] = found.flatMap(({ role, ids }) => (role === 'peers' ? ids : []));
  const others = found.filter(({ role }) => role !== 'peers');
  const [peers, relations, secrets] = await Promise.all([
    cluster === undefined ? undefined : readPeers(cluster, event, tools),
    Promise.all(
      others.map(
        async ({ endpoint, ids }) => [endpoint, await readAll(endpoint, ids, event, tools)] as const,
      ),
    ),
    readSecrets(config, tools),
  ]);
  return {
    event,
    charm,
    config,
    leader,
    state,
    secrets,
    relations: new Map(relations),
    ...(peers && { peers }),
  };
}

async function readAll(
  endpoint: string,
  ids: readonly string[],
  event: HookEvent,
  tools: HookTools,
): Promise<readonly RelationData[]> {
  const read = await Promise.all(ids.map((id) => readRelation(endpoint, id, event, tools)));
  return read.flatMap((one) => one ?? []);
}

/** Undefined before the relation was created. */
async function readRelation(
  endpoint: string,
  id: string,
  { unit }: HookEvent,
  tools: HookTools,
): Promise<RelationData | undefined> {
  const [own, members, remote] = await Promise.all([
    tools.relationGet(id, unit),
    tools.relationList(id),
    tools.remoteApplication(id),
  ]);
  if (!own) return undefined;
  const other = remote ?? members[0]?.split('/')[0] ?? '';
  const [application, bags] = await Promise.all([
    other === '' ? undefined : tools.relationGet(id, other, 'application'),
    readBags(id, members, tools),
  ]);
  for (const bag of [application ?? {}, ...bags.values()]) keepSecret(endpoint, bag);
  return { id, endpoint, remote: other, application: application ?? {}, units: bags, own };
}

async function readPeers(
  id: string,
  { unit, application }: HookEvent,
  tools: HookTools,
): Promise<Peers | undefined> {
  const own = await tools.relationGet(id, unit);
  if (!own) return undefined;
  const members = await tools.relationList(id);
  const [said, bags] = await Promise.all([
    tools.relationGet(id, application, 'application'),
    readBags(id, members, tools),
  ]);
  const units = [...new Set([unit, ...members])].sort((one, other) => unitNumber(one) - unitNumber(other));
  return { id, units, bags: new Map([...bags, [unit, own]]), application: said ?? {} };
}

/** A unit that has just departed has no bag any more: it counts as one that says nothing. */
async function readBags(
  id: string,
  members: readonly string[],
  tools: HookTools,
): Promise<ReadonlyMap<string, Bag>> {
  const sorted = [...members].sort((one, other) => unitNumber(one) - unitNumber(other));
  return new Map(
    await Promise.all(
      sorted.map(async (member) => [member, (await tools.relationGet(id, member)) ?? {}] as const),
    ),
  );
}

/** A secret that is not granted yet is an answer like any other: the next hook asks again. */
async function readSecrets(
  config: Facts['config'],
  tools: HookTools,
): Promise<ReadonlyMap<string, SecretReading>> {
  const named = Object.entries(config).filter(([, value]) => secretUri.test(String(value)));
  return new Map(
    await Promise.all(
      named.map(async ([option, value]) => {
        const id = String(value);
        const answer = await tools.secret(id);
        if ('values' in answer)
          for (const [key, text] of Object.entries(answer.values))
            if (key !== 'username') knownSecret(option, text);
        return [option, { id, ...answer }] as const;
      }),
    ),
  );
}

function keepSecret(endpoint: string, bag: Bag): void {
  for (const [key, value] of Object.entries(bag))
    if (secretKeys.test(key)) knownSecret(`${endpoint}-${key}`, value);
}
