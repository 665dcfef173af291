import { isIPv6 } from 'node:net';
import { type RelationData, textOption } from '../gather/facts.ts';
import { atPath } from '../site/site-part.ts';
import { condition } from '../status/condition.ts';
import type { Bag } from '../tools/hook-tools.ts';
import type { RelationHandler } from './handler.ts';

const transportSecret = 'amqp-transport-url';

/**
 * `amqp` of rabbitmq-server: each of its units that has made the user says `password`. The charm for Windows reads `hostname`, that for
 * Linux the address; whichever is there is taken. The URL holds the password, so all of it is a secret.
 */
export const amqp: RelationHandler = {
  request: (_, { facts }) => ({
    username: textOption(facts, 'rabbit-user') ?? facts.charm.component,
    vhost: textOption(facts, 'rabbit-vhost') ?? 'openstack',
  }),
  read(relation, { facts }) {
    const url = transportUrl(relation);
    if (url === undefined)
      return { conditions: [condition('relation-incomplete', { endpoint: 'amqp', what: 'password' })] };
    const options = {
      DEFAULT: { transport_url: { secret: transportSecret } },
      oslo_messaging_notifications: { driver: 'messagingv2' },
    };
    return {
      conditions: [],
      part: {
        site: atPath(`components.${facts.charm.component}.options`, options),
        secrets: { [transportSecret]: url },
      },
    };
  },
};

function transportUrl({ units, own }: RelationData): string | undefined {
  const hosts = [...units.values()]
    .filter(({ password }) => password)
    .map((bag) => [hostOf(bag), bag] as const);
  const ready = hosts
    .filter(([host]) => host !== undefined)
    .sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  if (ready.length === 0) return undefined;
  const user = encodeURIComponent(own.username ?? '');
  const servers = ready.map(([host = '', { password = '', ssl_port }]) => {
    const place = isIPv6(host) ? `[${host}]` : host;
    return `${user}:${encodeURIComponent(password)}@${place}:${ssl_port || 5672}`;
  });
  return `rabbit://${servers.join(',')}/${encodeURIComponent(own.vhost ?? '')}`;
}

function hostOf(bag: Bag): string | undefined {
  if (bag.clustered && bag.vip && !bag['ha-vip-only']) return bag.vip;
  return bag.hostname ?? bag['ingress-address'] ?? bag['private-address'];
}
