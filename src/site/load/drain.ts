import type { Drain, HaproxyDrain } from '../deployment.ts';
import type { WrittenSite } from '../grammar/site.ts';
import type { Resolved } from '../values/resolved.ts';

type WrittenDrain = NonNullable<Resolved<WrittenSite>['rollout']['drain']>;

/** How nodes are taken out of the load balancer; undefined where nothing is named. */
export function toDrain({ timeout, command, keepalived, haproxy }: WrittenDrain): Drain | undefined {
  if (command) return { by: 'command', timeout, command };
  if (keepalived) return { by: 'keepalived', timeout, ...keepalived };
  if (!haproxy) return undefined;
  const { backend, server } = haproxy;
  return { by: 'haproxy', timeout, backend, server, reach: reachOf(haproxy) };
}

function reachOf({ socket, address = '', via }: NonNullable<WrittenDrain['haproxy']>): HaproxyDrain['reach'] {
  if (via) return { via };
  if (socket) return { socket };
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port) };
}
