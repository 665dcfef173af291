import { createHmac } from 'node:crypto';
import { Secret } from '../../secret.ts';

/**
 * HMAC-SHA256 in hex of data without cycles, the same for equal data whatever the order of its keys; a secret counts by its
 * name and salted digest. What is made for one purpose is worth nothing for another.
 */
export function sealOf(data: unknown, salt: string, purpose: string): string {
  const key = createHmac('sha256', salt).update(purpose).digest('hex');
  return createHmac('sha256', key)
    .update(JSON.stringify(canonical(data, key)))
    .digest('hex');
}

/** Data whose JSON is the same for equal data: keys sorted, secrets by digest. */
function canonical(data: unknown, key: string): unknown {
  if (data instanceof Secret) return { secret: data.name, digest: data.digest(key) };
  if (Array.isArray(data)) return data.map((item) => canonical(item, key));
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).map(([name, value]): [string, unknown] => [
    name,
    canonical(value, key),
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
