import type { OsloScalar, OsloValue } from '../../../render/oslo.ts';

/** Any plain data as a map; what is none is an empty one, because the grammar has already said so. */
export function mapOf(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: unknown })
    : {};
}

/** A value of the site as what will be written, a secret as a placeholder; undefined where the grammar refuses it. */
export function plainValue(value: unknown): OsloValue | undefined {
  const scalar = plainScalar(value);
  if (scalar !== undefined) return scalar;
  if (Array.isArray(value)) {
    const items = value.map(plainScalar).filter((item) => item !== undefined);
    return items.length === value.length ? items : undefined;
  }
  const entries = Object.entries(mapOf(value)).map(([key, item]) => [key, plainScalar(item)] as const);
  if (typeof value !== 'object' || value === null) return undefined;
  const known = entries.filter((entry): entry is [string, OsloScalar] => entry[1] !== undefined);
  return known.length === entries.length ? Object.fromEntries(known) : undefined;
}

function plainScalar(value: unknown): OsloScalar | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  const { secret, ...rest } = mapOf(value);
  return typeof secret === 'string' && Object.keys(rest).length === 0 ? `[secret:${secret}]` : undefined;
}
