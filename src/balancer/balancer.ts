import type { Balancer } from '../plan/rollout/drain.ts';
import type { Drain } from '../site/deployment.ts';
import { byCommand, keepalived } from './by-program.ts';
import { haproxy } from './haproxy.ts';

/** The load balancer that a site file names, to take nodes out of it and put them back. */
export function balancerOf(drain: Drain): Balancer {
  if (drain.by === 'haproxy') return haproxy(drain);
  return drain.by === 'keepalived' ? keepalived(drain) : byCommand(drain);
}
