import type { Drain, HaproxyDrain } from '../deployment.ts';
import type { WrittenSite } from '../grammar/site.ts';
import { secondsOf } from '../grammar/units.ts';
import { controllerPath } from '../yaml/paths.ts';
import type { CheckedSite } from './checked-site.ts';

type WrittenHaproxy = NonNullable<NonNullable<WrittenSite['rollout']['drain']>['haproxy']>;

/** How nodes are taken out of the load balancer; undefined where the site file has none. */
export function toDrain(site: CheckedSite): Drain | undefined {
  const { drain } = site.written.rollout;
  if (!drain) return undefined;
  const timeout = secondsOf(drain.timeout);
  if (drain.command) return { by: 'command', timeout, command: drain.command };
  if (drain.keepalived) {
    const { via, track_file: trackFile, out, back } = drain.keepalived;
    return { by: 'keepalived', timeout, via, trackFile, out, back };
  }
  if (!drain.haproxy) return undefined;
  const { backend, server } = drain.haproxy;
  return { by: 'haproxy', timeout, backend, server, reach: reachOf(site, drain.haproxy) };
}

function reachOf(
  { root }: CheckedSite,
  { socket, address = '', via }: WrittenHaproxy,
): HaproxyDrain['reach'] {
  if (via) return { via };
  if (socket) return { socket: controllerPath(root, ['rollout', 'drain', 'haproxy', 'socket'], socket) };
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port) };
}
