import { dirname, resolve } from 'node:path';
import type { Deployment, PythonSource, Share } from '../deployment.ts';
import { hostName } from '../grammar/node-entries.ts';
import type { WrittenSite } from '../grammar/site.ts';
import type { SiteComponent } from '../grammar/site-component.ts';
import { defaultPython } from '../rules/payload.ts';
import type { Resolved } from '../values/resolved.ts';
import type { CheckedSite } from './checked-site.ts';
import { toDrain } from './drain.ts';
import { toNodes } from './to-nodes.ts';

type Site = Resolved<WrittenSite>;

/** The Deployment that a checked site file stands for: names turned into what they name. */
export function toDeployment(
  { file, site, warnings }: CheckedSite,
  components: readonly SiteComponent[],
): Deployment {
  const path = resolve(file);
  const own = components.filter(({ name }) => site.components[name] !== undefined);
  const nodes = toNodes(
    site.nodes,
    own.flatMap(({ roles }) => roles.map(({ name }) => name)),
  );
  const computers = computerAccounts(site.storage.domain, nodes);
  const shares = Object.fromEntries(
    Object.entries(site.storage.shares).map(([name, share]) => [name, toShare(name, share, computers)]),
  );
  const settings = own.map((one) => [one.name, one.site.settings(site.components[one.name], { shares })]);
  return {
    name: site.name,
    release: site.release,
    file: path,
    directory: dirname(path),
    shares,
    limits: site.storage.checks,
    components: Object.fromEntries(settings),
    payload: { python: toPython(site), index: site.payload.index },
    msi: toMsi(site),
    nodes,
    rollout: toRollout(site),
    ...(site.juju && { juju: site.juju }),
    warnings,
  };
}

/** Of the nodes that are not the storage itself. */
function computerAccounts(domain: string | undefined, nodes: Deployment['nodes']): readonly string[] {
  if (domain === undefined) return [];
  const users = nodes.filter(({ roles }) => roles.some((role) => role !== 'storage'));
  return users.map(({ name, address }) => `${domain}\\${hostName(name, address)}$`);
}

function toShare(
  name: string,
  share: Site['storage']['shares'][string],
  computers: readonly string[],
): Share {
  const kind = share.kind ?? (share.path.startsWith('\\\\') ? 'smb' : 'csv');
  const access = share.access === 'nodes' ? computers : share.access;
  const continuouslyAvailable = share.continuouslyAvailable ?? kind === 'sofs';
  return { ...share, name, kind, access, continuouslyAvailable };
}

function toPython({ payload }: Site): PythonSource {
  const { version, maven, archive, sha256 } = payload.python;
  if (archive === undefined || sha256 === undefined)
    return { version, maven: maven ?? defaultPython.maven, ...(sha256 && { sha256 }) };
  return { version, archive, sha256 };
}

function toMsi({ msi: { manufacturer, sign } }: Site): Deployment['msi'] {
  if (!sign) return { manufacturer };
  const { certificate, key, pkcs11, timestamp } = sign;
  const held = pkcs11 && {
    module: pkcs11.module,
    uri: pkcs11.key,
    ...(pkcs11.pin && { pin: pkcs11.pin }),
  };
  const signer = held ?? key;
  if (!signer) return { manufacturer };
  return {
    manufacturer,
    sign: { certificate, key: signer, ...(timestamp !== 'none' && { timestamp }) },
  };
}

/** Bytes; large enough for several chunks of a store. */
const verifiedSize = 8 * 1024 ** 2;

function toRollout({ rollout: { drain: written, health, ...rollout } }: Site): Deployment['rollout'] {
  const drain = written && toDrain(written);
  const { http, upload } = health;
  return {
    ...rollout,
    ...(drain && { drain }),
    health: { http, upload: upload ?? verifiedSize, gate: upload !== undefined },
  };
}
