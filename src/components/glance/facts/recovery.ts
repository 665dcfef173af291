import type { Recovery } from '../../../resources/service/resource.ts';

/** Milliseconds until each restart. A first failure may be chance; one that comes back soon waits for what it needs (database, identity service). */
const delays = [10_000, 60_000, 300_000];
/** Seconds. */
const daySeconds = 86_400;

/** What `service.recovery` of a site file stands for. */
export const recoveries: Readonly<Record<'restart' | 'none', Recovery>> = {
  restart: { actions: delays.map((delay) => `restart/${delay}`), reset: daySeconds, onError: true },
  none: { actions: [], reset: 0, onError: false },
};
