import { createHash, createHmac } from 'node:crypto';
import { matchesAny } from './config/pattern.ts';

/** One line of an OpenSSH known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHost {
  readonly marker?: 'revoked' | 'cert-authority';
  /** As written: patterns separated by commas, or one hashed name `|1|salt|hash`. */
  readonly hosts: string;
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`. */
  readonly type: string;
  /** The public key in base64. */
  readonly key: string;
  /** `FILE:LINE`. */
  readonly at: string;
}

export type HostKeyVerdict =
  | { readonly verdict: 'known' }
  | { readonly verdict: 'unknown' }
  | { readonly verdict: 'changed' | 'revoked'; readonly at: string };

/** The entries of a known_hosts file; comments and lines that are no entry are passed over, as OpenSSH does. */
export function parseKnownHosts(text: string, file: string): readonly KnownHost[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const words = raw.trim().split(/\s+/);
    if (words[0]?.startsWith('#')) return [];
    const marker = words[0]?.startsWith('@') ? words.shift()?.slice(1) : undefined;
    const [hosts, type, key] = words;
    if (!hosts || !type || !key) return [];
    if (marker !== undefined && marker !== 'revoked' && marker !== 'cert-authority') return [];
    return [{ ...(marker && { marker }), hosts, type, key, at: `${file}:${index + 1}` }];
  });
}

/** The entries that speak of a host, by its name there. */
export function entriesFor(known: readonly KnownHost[], name: string): readonly KnownHost[] {
  return known.filter(({ hosts }) =>
    hosts.startsWith('|') ? hashedMatch(hosts, name) : matchesAny(name, hosts.toLowerCase().split(',')),
  );
}

/** How a host is named in known_hosts: `[host]:port` on another port than 22. */
export function hostName(address: string, port: number): string {
  return (port === 22 ? address : `[${address}]:${port}`).toLowerCase();
}

/**
 * Judges a host key against the entries of its host. A key of another type than the recorded ones counts as changed:
 * the caller offers the recorded types only, so a server that has one of them would have shown it.
 */
export function judge(entries: readonly KnownHost[], key: Buffer): HostKeyVerdict {
  const base64 = key.toString('base64');
  const revoked = entries.find((entry) => entry.marker === 'revoked' && entry.key === base64);
  if (revoked) return { verdict: 'revoked', at: revoked.at };
  const plain = entries.filter(({ marker }) => marker === undefined);
  const [first] = plain;
  if (!first) return { verdict: 'unknown' };
  return plain.some((entry) => entry.key === base64)
    ? { verdict: 'known' }
    : { verdict: 'changed', at: (plain.find(({ type }) => type === keyType(key)) ?? first).at };
}

/** `SHA256:...` as ssh-keygen prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** The type a public key in wire format begins with. */
export function keyType(key: Buffer): string {
  return key.length < 4 ? '' : key.subarray(4, 4 + key.readUInt32BE(0)).toString('ascii');
}

function hashedMatch(hosts: string, name: string): boolean {
  const [, version, salt, hash] = hosts.split('|');
  if (version !== '1' || !salt || !hash) return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}
