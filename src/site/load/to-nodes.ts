import type { CertificateSettings, NodeSettings, WaySettings } from '../deployment.ts';
import { type NodeEntry, nodeEntries } from '../grammar/node-entries.ts';
import { secretOf } from '../secrets/secrets.ts';
import { controllerPath } from '../yaml/paths.ts';
import type { CheckedSite } from './checked-site.ts';

/** The nodes of a checked site file, with defaults and absolute paths. */
export function toNodes(site: CheckedSite): readonly NodeSettings[] {
  return nodeEntries(site.written.nodes).map((entry) => {
    const { name, settings } = entry;
    return {
      name,
      address: settings.address ?? '',
      // No other `via` comes so far: the gaps of the grammar refuse it.
      via: 'ssh',
      ...toSsh(site, entry),
      roles: settings.roles ?? ['glance'],
      windowsFeatures: settings.windows_features ?? [],
      certificates: toCertificates(site, entry),
    };
  });
}

function toSsh({ root }: CheckedSite, { settings, at }: NodeEntry): WaySettings['ssh'] {
  return {
    port: settings.port ?? 22,
    user: settings.user ?? 'Administrator',
    ...(settings.identity && { identity: controllerPath(root, at('identity'), settings.identity) }),
    knownHosts: controllerPath(root, at('known_hosts'), settings.known_hosts ?? '~/.ssh/known_hosts'),
  };
}

function toCertificates(site: CheckedSite, { settings, at }: NodeEntry): readonly CertificateSettings[] {
  return Object.entries(settings.certificates ?? {}).map(([name, one = { file: '' }]) => {
    const { file = '', password, store = 'My', readers } = one;
    return {
      name,
      file: controllerPath(site.root, [...at('certificates'), name, 'file'], file),
      ...(password && { password: secretOf(site, password) }),
      store,
      ...(readers && { readers }),
    };
  });
}
