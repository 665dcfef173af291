import { isIPv6 } from 'node:net';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { settingsOf } from '../site/settings.ts';

/** What rendering asks of a node. */
export type Addressed = Pick<NodeSettings, 'address'>;

const everywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Where a node's image service is reached from outside it: `http://10.0.0.11:9292`. */
export function endpointOf(deployment: Pick<Deployment, 'components'>, node: Addressed): string {
  const { host, port } = settingsOf(deployment).bind;
  return urlOf(host === 'node' || everywhere.has(host) ? node.address : host, port);
}

/** Where a node asks its own service whether it is well. */
export function healthUrl(deployment: Deployment, node: NodeSettings): string {
  const { host, port } = settingsOf(deployment).bind;
  const local = host === '::' ? '::1' : '127.0.0.1';
  const own = host === 'node' ? node.address : host;
  return `${urlOf(everywhere.has(host) ? local : own, port)}${deployment.rollout.health.http}`;
}

function urlOf(host: string, port: number): string {
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
