import type { OsloValue } from '../../../render/oslo.ts';
import { type Option, shownName } from './catalogue.ts';

/** Algorithms of Python's hashlib that need no length. */
const hashes = /^(md5|sha1|sha224|sha256|sha384|sha512|sha3_(224|256|384|512)|blake2[bs])$/i;

/**
 * Values that have the right type, and that Glance refuses when an image is uploaded. Sources: glance/quota/__init__.py,
 * glance/common/crypt.py (AES), glance_store/common/utils.py and glance/location.py (hashlib.new).
 */
const later: Readonly<Record<string, readonly [isRight: (text: string) => boolean, asks: string]>> = {
  'DEFAULT.user_storage_quota': [
    (text) => /^\d+((K|M|G|T)?B)?$/.test(text),
    'must be a number with B, KB, MB, GB or TB, or none: 10GB',
  ],
  'DEFAULT.metadata_encryption_key': [
    (text) => [16, 24, 32].includes(Buffer.byteLength(text)),
    'must have 16, 24 or 32 bytes: it is a key of AES',
  ],
  'DEFAULT.hashing_algorithm': [
    (text) => hashes.test(text),
    'must be an algorithm of Python: sha512, sha384, sha256, blake2b, ...',
  ],
};

/** What is wrong with a value of the right type, in words that follow the option's name. A secret is not looked at: its value is not known yet. */
export function refusedValue({ group, name, secret }: Option, value: OsloValue): string | undefined {
  const text = String(value);
  if (/^\[secret:[^\]]*\]$/.test(text)) return undefined;
  const [isRight, asks] = later[`${group}.${name}`] ?? [];
  if (isRight && !isRight(text)) return asks;
  return secret && isTold(text)
    ? 'is a secret and stands here in clear: write { secret: NAME }, and give its value to a source of `secrets`'
    : undefined;
}

/** Whether a secret value tells one: a URL without a password does not, nor do names of users. */
function isTold(text: string): boolean {
  if (text === '') return false;
  return !/^[a-z0-9+_]+:\/\//i.test(text) || /:\/\/[^/?]*:[^/?]*@|[?&]\w*pass\w*=/i.test(text);
}

/** Options that do nothing, or break every request, unless another one stands beside them. */
export function missingCompanion(
  option: Option,
  value: OsloValue,
  groups: readonly string[],
): string | undefined {
  const isOn = /^(true|1|on|yes)$/i.test(String(value));
  if (shownName(option) === 'use_keystone_limits' && isOn && !groups.includes('oslo_limit'))
    return 'needs the group `oslo_limit`: without its endpoint every upload ends with 500';
  return undefined;
}
