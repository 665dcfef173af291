import { dirname, resolve } from 'node:path';
import type {
  Deployment,
  GlanceSettings,
  KeystoneSettings,
  KeystoneUserSettings,
  OptionGroups,
  OptionValue,
  PythonSource,
  Share,
  Store,
} from '../deployment.ts';
import type { WrittenSite } from '../grammar/site.ts';
import { bytesOf, percentOf, secondsOf } from '../grammar/units.ts';
import { defaultPython } from '../rules/payload.ts';
import { impliedStores } from '../rules/stores.ts';
import { secretNameOf, secretOf } from '../secrets/secrets.ts';
import { controllerPath, isUrl } from '../yaml/paths.ts';
import type { KeyPath } from '../yaml/rule.ts';
import type { CheckedSite } from './checked-site.ts';
import { toDrain } from './drain.ts';
import { toNodes } from './to-nodes.ts';

/** The Deployment that a checked site file stands for: units turned into numbers, names into what they name. */
export function toDeployment(site: CheckedSite): Deployment {
  const { written, warnings } = site;
  const file = resolve(site.file);
  const shares = Object.fromEntries(
    Object.entries(written.storage.shares).map(([name, share]) => [name, toShare(name, share)]),
  );
  return {
    name: written.name,
    release: written.release,
    file,
    directory: dirname(file),
    shares,
    glance: toGlance(site, shares),
    payload: { python: toPython(site), index: toIndex(site) },
    msi: toMsi(site),
    nodes: toNodes(site),
    rollout: toRollout(site),
    warnings,
  };
}

type Written<Key extends keyof WrittenSite> = WrittenSite[Key];

function toShare(name: string, share: Written<'storage'>['shares'][string]): Share {
  const kind = share.kind ?? (share.path.startsWith('\\\\') ? 'smb' : 'csv');
  return {
    name,
    kind,
    path: share.path,
    ...(share.scope && { scope: share.scope }),
    ...(share.folder && { folder: share.folder }),
    manage: share.manage,
    access: share.access,
    continuouslyAvailable: share.continuously_available ?? kind === 'sofs',
    encrypt: share.encrypt,
    free: { warn: percentOf(share.free.warn), fail: percentOf(share.free.fail) },
  };
}

function toGlance(site: CheckedSite, shares: Deployment['shares']): Deployment['glance'] {
  const { glance } = site.written.components;
  const at = (...keys: readonly string[]): KeyPath => ['components', 'glance', ...keys];
  const { property_protections: protections, policy, keystone, public_endpoint: publicEndpoint } = glance;
  return {
    features: glance.features,
    workers: glance.workers,
    bind: glance.bind,
    ...(publicEndpoint && { publicEndpoint }),
    service: toService(site, glance.service),
    database: {
      connection: glance.database.connection,
      ...(glance.database.password && { password: secretOf(site, glance.database.password) }),
      sync: glance.database.sync,
      ...(glance.database.dump && { dump: glance.database.dump }),
    },
    ...(keystone && { keystone: toKeystone(site, keystone) }),
    stores: toStores(site, shares),
    staging: glance.staging,
    tasks: toTasks(glance.tasks),
    ...(protections && {
      propertyProtections: {
        file: controllerPath(site.root, at('property_protections', 'file'), protections.file),
      },
    }),
    ...(policy && { policy: { file: controllerPath(site.root, at('policy', 'file'), policy.file) } }),
    options: revealed(site, glance.options),
    extra: revealed(site, glance.extra),
  };
}

function toService(
  site: CheckedSite,
  { account, password, groups, recovery, drain }: Written<'components'>['glance']['service'],
): GlanceSettings['service'] {
  const seconds = Math.ceil(secondsOf(drain));
  return {
    account,
    ...(password && { password: secretOf(site, password) }),
    groups,
    recovery,
    drain: seconds,
  };
}

type WrittenKeystone = NonNullable<Written<'components'>['glance']['keystone']>;

function toKeystone(site: CheckedSite, keystone: WrittenKeystone): KeystoneSettings {
  const user = (written: NonNullable<WrittenKeystone['admin']>): KeystoneUserSettings => ({
    username: written.username,
    password: secretOf(site, written.password),
    project: written.project,
    userDomain: written.user_domain,
    projectDomain: written.project_domain,
  });
  const { auth_url: authUrl, region, admin } = keystone;
  return { authUrl, region, ...user(keystone), ...(admin && { admin: user(admin) }) };
}

function toStores(site: CheckedSite, shares: Deployment['shares']): readonly Store[] {
  const stores = Object.entries(impliedStores(site.written));
  return stores.map(([name, store]) => {
    const share = store?.share === undefined ? undefined : shares[store.share];
    return {
      name,
      type: store?.type ?? 'file',
      default: store?.default ?? stores.length === 1,
      ...(share && { share }),
      options: revealed(site, { [name]: store?.options ?? {} })[name] ?? {},
    };
  });
}

function toTasks(tasks: Written<'components'>['glance']['tasks']): GlanceSettings['tasks'] {
  return Object.entries(tasks).map(([name, { run, daily, every = '', limit, nodes }]) => ({
    name,
    run,
    when: daily === undefined ? { every: secondsOf(every) } : { daily },
    limit: secondsOf(limit),
    ...(nodes && { nodes }),
  }));
}

/** The same options with every `{ secret: NAME }` replaced by its Secret. */
function revealed(site: CheckedSite, groups: object): OptionGroups {
  const value = (written: unknown): unknown => {
    if (secretNameOf(written) !== undefined) return secretOf(site, written);
    if (Array.isArray(written)) return written.map(value);
    if (typeof written !== 'object' || written === null) return written;
    return Object.fromEntries(Object.entries(written).map(([key, inner]) => [key, value(inner)]));
  };
  return value(groups) as { [group: string]: { [name: string]: OptionValue } };
}

function toPython({ root, written }: CheckedSite): PythonSource {
  const { version, maven, archive, sha256 } = written.payload.python;
  if (archive === undefined || sha256 === undefined)
    return { version, maven: maven ?? defaultPython.maven, ...(sha256 && { sha256 }) };
  const at = ['payload', 'python', 'archive'];
  return { version, archive: isUrl(archive) ? archive : controllerPath(root, at, archive), sha256 };
}

function toIndex({ root, written: { payload } }: CheckedSite): string {
  const { index } = payload;
  return index === 'default' || isUrl(index) ? index : controllerPath(root, ['payload', 'index'], index);
}

function toMsi(site: CheckedSite): Deployment['msi'] {
  const { manufacturer, sign } = site.written.msi;
  if (!sign) return { manufacturer };
  const at = (...keys: readonly string[]): KeyPath => ['msi', 'sign', ...keys];
  const path = (written: string, ...keys: readonly string[]) =>
    controllerPath(site.root, at(...keys), written);
  const { certificate, key, pkcs11, timestamp } = sign;
  return {
    manufacturer,
    sign: {
      certificate: path(certificate, 'certificate'),
      key: pkcs11
        ? {
            module: path(pkcs11.module, 'pkcs11', 'module'),
            uri: pkcs11.key,
            ...(pkcs11.pin && { pin: secretOf(site, pkcs11.pin) }),
          }
        : secretOf(site, key),
      ...(timestamp !== 'none' && { timestamp }),
    },
  };
}

/** Bytes; large enough for several chunks of a store. */
const verifiedSize = 8 * 1024 ** 2;

function toRollout(site: CheckedSite): Deployment['rollout'] {
  const { serial, canary, max_failures, settle, on_failure, health, reboot } = site.written.rollout;
  const drain = toDrain(site);
  return {
    serial,
    canary,
    maxFailures: max_failures,
    settle: secondsOf(settle),
    onFailure: on_failure,
    reboot,
    ...(drain && { drain }),
    health: {
      http: health.http,
      upload: health.upload === undefined ? verifiedSize : bytesOf(health.upload),
      gate: health.upload !== undefined,
    },
  };
}
