import { send } from '../../openstack/http.ts';
import { type Check, checkId, pass } from '../check.ts';

export interface HttpHealthOptions {
  readonly component: string;
  readonly node: string;
  readonly url: string;
  /** What to do about a status that says little by itself. */
  readonly remedies?: Readonly<Record<number, string>>;
}

/** Milliseconds. */
const timeoutMs = 15_000;

/** Whether a service says of itself that it is healthy, asked from here. */
export function httpHealthCheck({ component, node, url, remedies = {} }: HttpHealthOptions): Check {
  return {
    id: checkId(node, component, 'health'),
    node,
    title: 'ask the service whether it is healthy',
    why: 'A load balancer sends clients only to nodes that answer this with 200, and it must answer from outside its node.',
    remedy: 'see whether the service runs (oriel status) and whether a firewall is between',
    needs: [],
    async run({ signal }) {
      const known = { service: node, timeoutMs, remedies, signal } as const;
      const answer = await send({ ...known, method: 'GET', url, accept: [200] });
      await answer.discard();
      return pass(`${url} answers 200`);
    },
  };
}
