import { InternalError } from '../../errors.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Resource, Work } from '../model/resource.ts';
import type { State } from '../model/state.ts';
import { explainMsi } from './msi-failure.ts';

interface ProductIdentity {
  readonly name: string;
  /** `{GUID}`, the same for all versions of the product. */
  readonly upgradeCode: string;
  /** Folder on the node for packages and the installer's logs. */
  readonly directory: string;
}

export type Package =
  | (ProductIdentity & {
      readonly ensure: 'present';
      /** `{GUID}` of exactly this build. */
      readonly productCode: string;
      readonly version: string;
      /** Absolute path of the MSI on the controller; absent: it is on the node already. */
      readonly source?: string;
      readonly sha256: string;
      /** Stamps of services that run what it installs (see service.ts). */
      readonly stamps: readonly string[];
      /** What the installer is told besides: `NAME=value`. Never a secret, as it stands on a command line. */
      readonly properties: readonly string[];
      /** Parts of the product that can be chosen, all of them; each is there when its service is. */
      readonly features?: readonly Feature[];
    })
  | (ProductIdentity & {
      /** Only looked at: nobody has built it here, so there is nothing to install. */
      readonly ensure: 'compared';
      readonly version: string;
      /** Left out of the comparison where nobody knows which build is wanted. */
      readonly productCode?: string;
      readonly features?: readonly Feature[];
    })
  | (ProductIdentity & { readonly ensure: 'absent' });

export interface Feature {
  /** As the package calls it: `Scrubber`. */
  readonly id: string;
  readonly chosen: boolean;
  /** Shows whether it is there; without one that is not looked at. */
  readonly service?: string;
}

/** Seconds; a large package on a slow disk with a scanner takes minutes, never this long. */
const timeoutSeconds = 1800;
/** Installed; installed, restart wanted; installed, restart begun (not with REBOOT=ReallySuppress). */
const success = [0, 3010, 1641];
/** ERROR_INSTALL_ALREADY_RUNNING: Windows installs one package at a time. */
const busy = [1618];

/**
 * A product of the Windows Installer, found by its upgrade code. It counts as present when the wanted build is registered
 * and no installation of it is running: Windows registers a product before the last actions of its installation.
 */
export const msiPackage: Resource<Package> = {
  kind: 'package',
  done: 'installed',
  disturbs: 'component',
  reasons: {
    productCode: 'another build',
    installing: 'is still being installed',
    features: 'other features',
  },
  desired: (spec) =>
    spec.ensure === 'absent'
      ? { exists: false }
      : {
          exists: true,
          version: spec.version,
          ...(spec.productCode && { productCode: spec.productCode }),
          ...(spec.features && { features: idsOf(seenOf(spec).filter((feature) => feature.chosen)) }),
          ...(spec.ensure === 'present' && { installing: false }),
        },
  observe: (spec) => [
    { call: 'Get-MsiProduct', upgradeCode: spec.upgradeCode },
    ...(spec.ensure === 'present' ? [{ call: 'Get-DetachedProcess', name: runOf(spec) }] : []),
    ...seenOf(spec).map(({ service }) => ({ call: 'Get-ServiceState', name: service })),
  ],
  read(spec, [result, ...others]) {
    const [run, ...services] = spec.ensure === 'present' ? others : [undefined, ...others];
    const { products } = result as AgentResults['Get-MsiProduct'];
    const ours = spec.ensure === 'absent' ? undefined : spec.productCode;
    const product = products.find(({ productCode }) => productCode === ours) ?? products[0];
    return {
      exists: product !== undefined,
      version: product?.version ?? null,
      productCode: product?.productCode ?? null,
      ...(seenOf(spec).length > 0 && { features: idsOf(installedOf(spec, services)) }),
      installing: (run as { state: string } | undefined)?.state === 'running',
    };
  },
  change(spec, observed) {
    if (spec.ensure === 'compared') throw new InternalError(`${spec.name} is only compared, and is changed`);
    return spec.ensure === 'present'
      ? install(spec, observed)
      : [uninstall(spec, String(observed.productCode))];
  },
  explain: (_, failure) => explainMsi(failure),
  runs: (spec) => [...(spec.ensure === 'present' ? [runOf(spec)] : []), removalOf(spec)],
  // Somebody began an installation, repair or removal of this very product.
  auditQueries: (spec) =>
    spec.ensure === 'present'
      ? [{ log: 'Application', provider: 'MsiInstaller', event: 1040, text: spec.productCode }]
      : [],
};

const featuresOf = (spec: Package): readonly Feature[] => (spec.ensure !== 'absent' && spec.features) || [];
const seenOf = (spec: Package) => featuresOf(spec).filter(({ service }) => service !== undefined);
const idsOf = (features: readonly Feature[]): string => features.map(({ id }) => id).join(', ') || 'none';

function installedOf(spec: Package, services: readonly unknown[]): readonly Feature[] {
  return seenOf(spec).filter((_, i) => (services[i] as { exists: boolean }).exists);
}

function install(spec: Package & { ensure: 'present' }, observed: State): readonly Work[] {
  const { name, version, source, directory, stamps, properties } = spec;
  const run = runOf(spec);
  const target = packagePath(spec);
  const log = `${directory}\\${run}.log`;
  const put: Work[] =
    source === undefined
      ? []
      : [{ do: 'put', description: `uploads ${name} ${version}`, upload: { source, target } }];
  return [
    ...put,
    ...stamps.map((path): Work => {
      const call = { call: 'Remove-Path', path };
      return { do: 'call', description: `marks what runs ${name} as out of date`, call };
    }),
    ...downgrade(spec, observed),
    msiexec(
      `installs ${name} ${version}`,
      run,
      ['/i', target, ...properties, ...choice(spec, observed)],
      log,
    ),
  ];
}

/** What is not wanted is only named where this very product is installed: elsewhere there is nothing to take away. */
function choice(spec: Package & { ensure: 'present' }, { productCode }: State): readonly string[] {
  const features = featuresOf(spec);
  const names = (chosen: boolean) =>
    features.filter((feature) => feature.chosen === chosen).map(({ id }) => id);
  const [add, remove] = [names(true), productCode === spec.productCode ? names(false) : []];
  return [
    ...(add.length > 0 ? [`ADDLOCAL=${add.join(',')}`] : []),
    ...(remove.length > 0 ? [`REMOVE=${remove.join(',')}`] : []),
  ];
}

/** Windows refuses to put an older version over a newer one: that goes first. */
function downgrade(spec: Package & { ensure: 'present' }, { version, productCode }: State): readonly Work[] {
  if (typeof version !== 'string' || compareVersions(version, spec.version) <= 0) return [];
  return [uninstall(spec, String(productCode))];
}

/** Negative, zero or positive, as `1.9.0` comes before `1.10.0`. */
function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

function uninstall({ name, directory }: Package, productCode: string): Work {
  const run = removalOf({ name });
  const log = `${directory}\\${run}-${productCode.slice(1, 9).toLowerCase()}.log`;
  return msiexec(`removes ${name}`, run, ['/x', productCode], log);
}

/** The same for all builds: when it has ended, nobody knows any longer which one it was. */
function removalOf({ name }: Pick<Package, 'name'>): string {
  return `remove-${name}`;
}

function msiexec(description: string, name: string, what: readonly string[], log: string): Work {
  return {
    do: 'detached',
    description,
    name,
    file: 'msiexec.exe',
    arguments: [...what, '/qn', '/norestart', 'REBOOT=ReallySuppress', '/l*v', log],
    timeout: timeoutSeconds,
    success,
    retry: busy,
    log,
  };
}

/** Where a package is on the node, before and after it was installed. */
export function packagePath(spec: Build & { readonly directory: string }): string {
  return `${spec.directory}\\${baseOf(spec)}.msi`;
}

type Build = Pick<Package & { ensure: 'present' }, 'name' | 'version' | 'sha256'>;

function baseOf({ name, version, sha256 }: Build): string {
  return `${name}-${version}-${sha256.slice(0, 12)}`;
}

/** The same build with the same features has the same name, so that a run that comes later waits for an installation under way. */
function runOf(spec: Package & { ensure: 'present' }): string {
  const more = featuresOf(spec).filter((feature) => feature.chosen && feature.service);
  return [baseOf(spec), ...more.map(({ id }) => id.toLowerCase())].join('-');
}
