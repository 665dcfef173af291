import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { bounded } from '../bounded.ts';
import type { Verdict } from './finding.ts';
import type { Layer } from './way.ts';

export interface RouteEvidence {
  readonly address: string;
  /** The address of this machine that packets would leave from. */
  readonly from?: string;
  /** Why none would leave. */
  readonly code?: string;
}

/** Whether this machine has a way for packets to a node; none is sent. */
export const routeLayer: Layer<{ readonly port: number }> = {
  name: 'route',
  async examine({ port }, { addresses }, limits) {
    const found = await Promise.all(addresses.map((address) => findRoute(address, port, limits.route)));
    const routed = found.filter(({ from }) => from !== undefined).map(({ address }) => address);
    return { verdict: routeVerdict(found), known: { addresses: routed } };
  },
};

/** A socket for datagrams that is connected gets its own address from the routing table, and says nothing to anybody. */
async function findRoute(address: string, port: number, ms: number): Promise<RouteEvidence> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  const late = (): Error => Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
  try {
    const connected = new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.connect(port, address, () => resolve());
    });
    await bounded(connected, { limit: { ms, late } });
    return { address, from: socket.address().address };
  } catch (error) {
    return { address, code: String((error as NodeJS.ErrnoException).code) };
  } finally {
    socket.on('error', () => {});
    socket.close();
  }
}

/** Pure: what the routing table says of the addresses of a node. */
export function routeVerdict(found: readonly RouteEvidence[]): Verdict {
  const evidence = {
    routes: found.map(
      ({ address, from, code }) => `${address}: ${from === undefined ? code : `from ${from}`}`,
    ),
  };
  const routed = found.filter(({ from }) => from !== undefined);
  if (routed.length > 0)
    return {
      verdict: 'pass',
      message: routed.map(({ address, from }) => `${address} from ${from}`).join(', '),
      evidence,
    };
  const addresses = found.map(({ address }) => address).join(', ');
  return {
    verdict: 'fail',
    message: `this machine has no route to ${addresses}`,
    cause: 'Its network is down, or no route and no VPN leads to the network of the node.',
    remedy: 'Bring up the network or the VPN that leads there, and look at the routes of this machine.',
    command: 'ip route',
    evidence,
  };
}
