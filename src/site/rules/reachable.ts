import type { YamlFinding } from '../yaml/finding.ts';
import type { KeyPath } from '../yaml/rule.ts';

/** Addresses at which a server listens on all of its own. */
export const everywhere: readonly string[] = ['0.0.0.0', '::'];

/** `0.0.0.0` says where a server listens; nobody can be reached there. */
export function notEverywhere(host: string | undefined, path: KeyPath): readonly YamlFinding[] {
  if (!host || !everywhere.includes(host)) return [];
  const message = `\`${host}\` is where a server listens, not an address that can be reached`;
  return [{ path, message, hint: 'write the name or the address that others use' }];
}
