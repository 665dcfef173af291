import type { Digests } from '../../../openstack/digests.ts';
import type { Image } from '../../../openstack/images.ts';
import type { State } from '../../../resources/model/state.ts';

/**
 * How what a node says and gives back differs from what was sent, in words; nothing when it does not. The md5 checksum may
 * be null (FIPS); whatever else is missing is a difference.
 */
export function compare(sent: Digests, image: Image, got: Digests): readonly string[] {
  const algorithm = image.os_hash_algo ?? 'sha512';
  const expected: State = {
    'size said': sent.bytes,
    'bytes read': sent.bytes,
    'md5 read': sent.hashes.md5 ?? null,
    ...(image.checksum !== null && { 'md5 said': sent.hashes.md5 ?? null }),
    [`${algorithm} said`]: sent.hashes[algorithm] ?? null,
    [`${algorithm} read`]: sent.hashes[algorithm] ?? null,
  };
  const seen: State = {
    'size said': image.size,
    'bytes read': got.bytes,
    'md5 read': got.hashes.md5 ?? null,
    'md5 said': image.checksum,
    [`${algorithm} said`]: image.os_hash_value,
    [`${algorithm} read`]: got.hashes[algorithm] ?? null,
  };
  return Object.entries(expected)
    .filter(([name, value]) => value === null || seen[name] !== value)
    .map(([name, value]) => `${name} is ${String(seen[name] ?? 'missing')}, sent was ${String(value)}`);
}
