import type { Deployment } from '../../site/deployment.ts';
import type { YamlFinding } from '../../site/yaml/finding.ts';
import { nearestName } from '../../site/yaml/nearest.ts';
import { constraintsProblem, isOfferUrl } from '../lint/bundle/values.ts';
import type { Charm } from '../model/charm.ts';
import type { CharmOfBundle } from './model.ts';
import { transports, transportsOf } from './options.ts';
import { isRelatable } from './relations.ts';
import { servers, storeCharms } from './store-charms.ts';

type Charms = readonly Pick<CharmOfBundle, 'charm' | 'nodes'>[];

/** What a site says of its bundle that no bundle can have, by its path in the site file. */
export function bundleFindings({ juju }: Deployment, charms: Charms): readonly YamlFinding[] {
  return [
    ...Object.entries(juju?.applications ?? {}).flatMap(([name, { channel, constraints = '' }]) => {
      const path = ['juju', 'applications', name];
      const known = [...charms.map(({ charm }) => charm), ...storeCharms].map((one) => one.name);
      const why = constraintsProblem(constraints);
      if (!known.includes(name)) return [unknown(path, `application \`${name}\``, name, known)];
      return [
        ...(why ? [{ path: [...path, 'constraints'], message: why, hint: 'write `mem=4G cores=2`' }] : []),
        ...(channel !== undefined && charms.some(({ charm }) => charm.name === name)
          ? [onKey([...path, 'channel'], 'a charm that is built here has no channel', 'leave it out')]
          : []),
      ];
    }),
    ...Object.entries(juju?.relations ?? {}).flatMap(([endpoint, target]) =>
      relationFinding(
        endpoint,
        target,
        charms.map(({ charm }) => charm),
      ),
    ),
    ...charms.flatMap(transportFindings),
  ];
}

function unknown(path: readonly string[], what: string, name: string, known: readonly string[]): YamlFinding {
  const near = nearestName(name, known);
  return onKey(
    path,
    `the bundle has no ${what}`,
    near ? `did you mean \`${near}\`?` : `known here: ${known.join(', ')}`,
  );
}

function onKey(path: readonly string[], message: string, hint: string): YamlFinding {
  return { path, message, hint, on: 'key' };
}

function relationFinding(endpoint: string, target: string, charms: readonly Charm[]): readonly YamlFinding[] {
  const path = ['juju', 'relations', endpoint];
  const relations = charms.flatMap(({ relations: { [endpoint]: own } }) => own ?? []);
  const [relation] = relations;
  if (!relation)
    return [
      unknown(
        path,
        `endpoint \`${endpoint}\``,
        endpoint,
        charms.flatMap((charm) => Object.keys(charm.relations)),
      ),
    ];
  if (!isRelatable(relation))
    return [
      onKey(path, `\`${endpoint}\` is not related in a bundle`, 'juju integrate it after the deployment'),
    ];
  if (isOfferUrl(target)) return [];
  if (target === 'mysql-router')
    return [
      {
        path,
        message: 'mysql-router listens on 127.0.0.1 of its own machine, which no Windows node reaches',
        hint: 'name mysql-innodb-cluster',
      },
    ];
  const server = servers.find(({ provides }) => provides?.interface === relation.interface);
  if (server?.name === target) return [];
  const one = server ? `${server.name}, or ` : '';
  return [
    {
      path,
      message: `\`${target}\` is no application of these bundles for \`${endpoint}\``,
      hint: `name ${one}the URL of an offer: admin/model.offer`,
    },
  ];
}

/** A proxy charm goes one way to all its nodes. */
function transportFindings({ charm, nodes }: Charms[number]): readonly YamlFinding[] {
  if (charm.flavour === 'native') return [];
  const ways = transportsOf(nodes);
  const [way, ...others] = ways;
  if (way === undefined || (others.length === 0 && transports.includes(way))) return [];
  return [
    {
      path: ['nodes'],
      message: `the proxy charm reaches all nodes by ssh, or all by winrm; these are reached by ${ways.join(', ')}`,
      hint: 'give them one of the two in `nodes.defaults.via`',
    },
  ];
}
