import { InternalError } from '../../../errors.ts';
import type { Release } from '../../../site/deployment.ts';
import { belowRoot, windowsRoot } from '../../../windows-root.ts';

/** Glance versions by OpenStack series: the last release of each that has Windows code. */
export const glanceVersions: Readonly<Record<Release, string>> = {
  '2023.1': '26.1.0',
  '2023.2': '27.1.1',
  '2024.1': '28.2.0',
  '2024.2': '29.2.1',
};

/** Its name in a site file and in the ids of its steps. */
export const component = 'glance';

/** The version of a release. Throws InternalError for one that Glance does not have: the grammar of the site refuses it. */
export function glanceVersion(release: Release): string {
  const version = glanceVersions[release];
  if (version === undefined) throw new InternalError(`glance has no release ${release}`);
  return version;
}

/** Where everything of the image service lives on a node; the MSI, the rendered files and the checks agree on these. */
export const windowsPaths = {
  install: 'C:\\Program Files\\oriel\\glance',
  python: 'C:\\Program Files\\oriel\\glance\\python\\python.exe',
  launcher: 'C:\\Program Files\\oriel\\glance\\launcher\\oriel_launcher.py',
  probe: 'C:\\Program Files\\oriel\\glance\\launcher\\oriel_probe.py',
  load: 'C:\\Program Files\\oriel\\glance\\launcher\\oriel_load.py',
  /** The wrapper of the API's service; each service has one of its own beside it. */
  service: 'C:\\Program Files\\oriel\\glance\\bin\\oriel-glance-api.exe',
  /** Holds the rest; the agent makes its `runs` there too (agent/parts/runs/New-RunDirectory.ps1). */
  root: windowsRoot,
  data: belowRoot('glance'),
  config: belowRoot('glance', 'etc'),
  logs: belowRoot('glance', 'log'),
  locks: belowRoot('glance', 'lock'),
  packages: belowRoot('packages'),
  /** What each node can go back to. */
  kept: belowRoot('kept'),
} as const;

/** Name of the package in ids and in file names on the node. */
export const packageName = 'oriel-glance';

/** Name of the Windows service that runs glance-api. */
export const serviceName = 'oriel-glance-api';

/** Name of the file, in the folder of the configuration, of what the service gets besides the arguments in its package. */
export const environmentFile = 'service.env';
