import { createHash, createHmac } from 'node:crypto';

/** One line of an OpenSSH known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHost {
  readonly marker?: 'revoked' | 'cert-authority';
  /** As written: patterns separated by commas, or one hashed name `|1|salt|hash`. */
  readonly hosts: string;
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`. */
  readonly type: string;
  /** The public key in base64. */
  readonly key: string;
  readonly line: number;
}

export type HostKeyVerdict =
  | { readonly verdict: 'known' }
  | { readonly verdict: 'unknown' }
  | { readonly verdict: 'changed' | 'revoked'; readonly line: number };

/** The entries of a known_hosts file; comments and lines that are no entry are passed over, as OpenSSH does. */
export function parseKnownHosts(text: string): readonly KnownHost[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const words = raw.trim().split(/\s+/);
    if (words[0]?.startsWith('#')) return [];
    const marker = words[0]?.startsWith('@') ? words.shift()?.slice(1) : undefined;
    const [hosts, type, key] = words;
    if (!hosts || !type || !key) return [];
    if (marker !== undefined && marker !== 'revoked' && marker !== 'cert-authority') return [];
    return [{ ...(marker && { marker }), hosts, type, key, line: index + 1 }];
  });
}

/** The entries that speak of a host; on another port than 22 its name in the file is `[host]:port`. */
export function entriesFor(known: readonly KnownHost[], address: string, port: number): readonly KnownHost[] {
  const name = hostName(address, port);
  return known.filter(({ hosts }) =>
    hosts.startsWith('|') ? hashedMatch(hosts, name) : listMatch(hosts, name),
  );
}

/** How a host is named in known_hosts. */
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
  if (revoked) return { verdict: 'revoked', line: revoked.line };
  const plain = entries.filter(({ marker }) => marker === undefined);
  const [first] = plain;
  if (!first) return { verdict: 'unknown' };
  return plain.some((entry) => entry.key === base64)
    ? { verdict: 'known' }
    : { verdict: 'changed', line: (plain.find(({ type }) => type === keyType(key)) ?? first).line };
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

function listMatch(hosts: string, name: string): boolean {
  const patterns = hosts.toLowerCase().split(',');
  const matches = (pattern: string): boolean =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replace(/\*/g, '.*')
        .replace(/\?/g, '.')}$`,
    ).test(name);
  return (
    patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern)) &&
    !patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))
  );
}
