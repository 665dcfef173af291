import { homedir } from 'node:os';
import { join } from 'node:path';
import type {
  CertificateSettings,
  ConnectionOf,
  ConnectionSettings,
  NodeSettings,
  Via,
} from '../deployment.ts';
import type { WrittenSite } from '../grammar/site.ts';
import { defaultOver, endpointConfiguration } from '../grammar/ways/psremoting.ts';
import { winrmPorts } from '../grammar/winrm.ts';
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
      ...toConnection(settings),
      roles: settings.roles ?? roles,
      windowsFeatures: settings.windowsFeatures ?? [],
      certificates: toCertificates(settings.certificates ?? {}),
      ...(settings.startTimeout !== undefined && { startTimeout: settings.startTimeout }),
    };
  });
}

function toConnection(settings: ResolvedNode): ConnectionOf<Via> {
  const { via, powershell } = settings;
  if (via === 'winrm') return { via, ...toWinrm(settings) };
  if (via === 'local') return { via, ...(powershell && { powershell }) };
  if (via === 'psremoting') return { via, ...toPsremoting(settings) };
  if (via === 'recorded') return { via, file: settings.file ?? '' };
  return { via: 'ssh', ...toSsh(settings) };
}

/** What every Windows can do over WinRM, PowerShell elsewhere can do over SSH alone. */
function toPsremoting({
  psremoting = {},
  port,
  user,
  identity,
  password,
  knownHosts,
}: ResolvedNode): ConnectionSettings['psremoting'] {
  const { over = defaultOver(), useSsl = false, jea = false, configuration, ...others } = psremoting;
  const named = configuration ?? (jea ? endpointConfiguration : undefined);
  return {
    ...others,
    ...{ over, useSsl, jea },
    ...(named !== undefined && { configuration: named }),
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(identity !== undefined && { identity }),
    ...(password !== undefined && { password }),
    knownHosts: knownHosts ?? join(homedir(), '.ssh', 'known_hosts'),
  };
}

function toSsh({
  port,
  user,
  identity,
  password,
  knownHosts,
  fingerprint,
  sshConfig = join(homedir(), '.ssh', 'config'),
}: ResolvedNode): ConnectionSettings['ssh'] {
  return {
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(identity && { identity }),
    ...(password && { password }),
    ...(knownHosts && { knownHosts }),
    ...(fingerprint && { fingerprint }),
    ...(sshConfig !== 'none' && { sshConfig }),
  };
}

function toWinrm(settings: ResolvedNode): ConnectionSettings['winrm'] {
  const { scheme = 'https', authentication = 'negotiate', allowUnencrypted = false } = settings;
  const { port = winrmPorts[scheme], user, password, keytab } = settings;
  const { certificate, certificateKey, ca, fingerprint, spn, proxy } = settings;
  const own = user ?? (password && 'Administrator');
  return {
    ...{ scheme, port, authentication, allowUnencrypted },
    ...(own !== undefined && { user: own }),
    ...(password && { password }),
    ...(certificate !== undefined && { certificate }),
    ...(certificateKey !== undefined && { certificateKey }),
    ...(ca !== undefined && { ca }),
    ...(fingerprint !== undefined && { fingerprint }),
    ...(spn !== undefined && { spn }),
    ...(keytab !== undefined && { keytab }),
    ...(proxy !== undefined && { proxy }),
  };
}

function toCertificates(
  certificates: NonNullable<ResolvedNode['certificates']>,
): readonly CertificateSettings[] {
  return Object.entries(certificates).map(([name, one]) => ({ name, ...one }));
}
