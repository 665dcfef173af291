import { BuildError } from '../../errors.ts';

/** One package of a lock: its name as it is normalized (PEP 503), its version, and the SHA-256 of every file that may be it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly hashes: readonly string[];
}

export interface LockChange {
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
}

/** PEP 503: `Oslo_Config` and `oslo.config` are one name. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Reads a hash-locked requirements file. Throws BuildError for a line that is no `name==version` with hashes. */
export function parseLock(text: string, file: string): readonly LockedPackage[] {
  const entries = text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
  return entries.map((entry) => {
    const [, name, version, rest] = /^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;]+)\s*(.*)$/.exec(entry) ?? [];
    const hashes = [...(rest ?? '').matchAll(/--hash=sha256:([0-9a-f]{64})(?=\s|$)/g)].map(
      ([, hash]) => hash ?? '',
    );
    if (!name || !version || hashes.length === 0)
      throw new BuildError(
        `${file}: "${entry.slice(0, 80)}" is not a package with a version and SHA-256 hashes`,
        'make the lock again with `oriel lock`',
      );
    return { name: normalizeName(name), version, hashes };
  });
}

/** What differs between two locks, by name: added (no `from`), removed (no `to`), moved. */
export function compareLocks(
  before: readonly LockedPackage[],
  after: readonly LockedPackage[],
): readonly LockChange[] {
  const versions = (lock: readonly LockedPackage[]) =>
    new Map(lock.map(({ name, version }) => [name, version]));
  const [old, now] = [versions(before), versions(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name) => {
    const [from, to] = [old.get(name), now.get(name)];
    return from === to ? [] : [{ name, ...(from && { from }), ...(to && { to }) }];
  });
}
