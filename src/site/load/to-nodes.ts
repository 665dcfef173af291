import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CertificateSettings, ConnectionSettings, NodeSettings } from '../deployment.ts';
import type { WrittenSite } from '../grammar/site.ts';
import type { Resolved } from '../values/resolved.ts';

type WrittenNodes = Resolved<WrittenSite>['nodes'];
type ResolvedNode = NonNullable<WrittenNodes['defaults']> & { readonly address?: string };

/** The nodes of a checked site file, with defaults; those that name no role have all of `roles`. */
export function toNodes(nodes: WrittenNodes, roles: readonly string[]): readonly NodeSettings[] {
  const { defaults = {}, ...own } = nodes;
  return Object.entries(own).map(([name, written]) => {
    const settings: ResolvedNode = { ...defaults, ...written };
    return {
      name,
      address: settings.address ?? '',
      // No other `via` comes so far: the gaps of the grammar refuse it.
      via: 'ssh',
      ...toSsh(settings),
      roles: settings.roles ?? roles,
      windowsFeatures: settings.windowsFeatures ?? [],
      certificates: toCertificates(settings.certificates ?? {}),
      ...(settings.startTimeout !== undefined && { startTimeout: settings.startTimeout }),
    };
  });
}

function toSsh({
  port,
  user,
  identity,
  knownHosts,
  fingerprint,
  sshConfig = join(homedir(), '.ssh', 'config'),
}: ResolvedNode): ConnectionSettings['ssh'] {
  return {
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(identity && { identity }),
    ...(knownHosts && { knownHosts }),
    ...(fingerprint && { fingerprint }),
    ...(sshConfig !== 'none' && { sshConfig }),
  };
}

function toCertificates(
  certificates: NonNullable<ResolvedNode['certificates']>,
): readonly CertificateSettings[] {
  return Object.entries(certificates).map(([name, one]) => ({ name, ...one }));
}
