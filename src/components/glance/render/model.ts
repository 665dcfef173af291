import type { Writer } from '../../../render/file.ts';
import type { Deployment, NodeSettings, OptionGroups, Text } from '../../../site/deployment.ts';
import { windowsPaths } from '../facts/paths.ts';
import { type Catalogue, readCatalogue } from '../options/catalogue.ts';
import { programsOf } from '../options/programs.ts';
import { type GlanceSettings, settingsOf } from '../site/settings.ts';
import { connectionUrl } from './database.ts';
import { bindHost, overridable, stagingFolders } from './defaults.ts';
import type { Addressed } from './endpoint.ts';
import { mergeGroups, optionLines, readBy, spelledText } from './options.ts';
import { pasteModel } from './paste.ts';

/** A node without a name has no options of its own. */
type RenderedNode = Addressed & Partial<Pick<NodeSettings, 'name'>>;

/** What of a deployment decides the text of its files. */
type Rendered = Pick<Deployment, 'release' | 'components'>;

const inConfig = (name: string): string => `${windowsPaths.config}\\${name}`;

/** What templates/glance/glance-api.conf.hbs is filled from: every value is spelt for oslo.config, null where there is none. */
export function apiModel(deployment: Rendered, node: RenderedNode, write: Writer) {
  const glance = settingsOf(deployment);
  const spelt = (value: Text): string => spelledText(value, write);
  return {
    bindHost: spelt(bindHost(deployment, node)),
    bindPort: String(glance.bind.port),
    workers: String(glance.workers),
    publicEndpoint: glance.publicEndpoint === undefined ? null : spelt(glance.publicEndpoint),
    enabledBackends: spelt(glance.stores.map(({ name, type }) => `${name}:${type}`).join(', ')),
    defaultBackend: spelt(glance.stores.find((store) => store.default)?.name ?? ''),
    propertyProtections: glance.propertyProtections ? spelt(inConfig('property-protections.conf')) : null,
    policy: glance.policy ? spelt(inConfig('policy.yaml')) : null,
    logFile: spelt(`${windowsPaths.logs}\\glance-api.log`),
    lockPath: spelt(windowsPaths.locks),
    pasteFile: spelt(inConfig('glance-api-paste.ini')),
    flavor: pasteModel(deployment).flavor,
    staging: spelt(stagingFolders(glance.staging).staging),
    tasks: spelt(stagingFolders(glance.staging).tasks),
    connection: spelledText(connectionUrl(glance.database, write), write),
    keystone: keystoneModel(glance.keystone, spelt),
    ...givenModel(deployment, node, write),
  };
}

/** The definitions of metadata that come with Glance; its own default is a folder below /etc. */
const metadefs = `${windowsPaths.install}\\python\\lib\\site-packages\\etc\\glance\\metadefs`;

/** What templates/glance/glance-manage.conf.hbs is filled from. */
export function manageModel(deployment: Rendered, write: Writer) {
  const glance = settingsOf(deployment);
  const catalogue = readCatalogue(deployment.release);
  const defaults = { DEFAULT: { metadata_source_path: metadefs } };
  const options = readBy(
    catalogue,
    mergeGroups(defaults, glance.options),
    ({ group, programs }) =>
      programs.includes('manage') && (group === 'database' || !programs.includes('api')),
  );
  const lines = optionLines(options, { catalogue, stores: new Set(), write });
  return {
    connection: spelledText(connectionUrl(glance.database, write), write),
    given: { DEFAULT: lines.DEFAULT ?? [], database: lines.database ?? [] },
  };
}

function keystoneModel(keystone: GlanceSettings['keystone'], spelt: (value: Text) => string) {
  if (!keystone) return null;
  return {
    authUrl: spelt(keystone.authUrl),
    username: spelt(keystone.username),
    password: spelt(keystone.password),
    project: spelt(keystone.project),
    userDomain: spelt(keystone.userDomain),
    projectDomain: spelt(keystone.projectDomain),
  };
}

/** Groups that glance-api.conf.hbs writes in any case; `given` has the further lines of each, `others` the groups it does not name. */
const fixedGroups = [
  'DEFAULT',
  'glance_store',
  'os_glance_staging_store',
  'os_glance_tasks_store',
  'database',
  'oslo_concurrency',
];

function givenModel(deployment: Rendered, node: RenderedNode, write: Writer) {
  const glance = settingsOf(deployment);
  const catalogue: Catalogue = readCatalogue(deployment.release);
  const running = programsOf(glance.features);
  const stores = new Set(glance.stores.map(({ name }) => name));
  const ofStores = Object.fromEntries(glance.stores.map(({ name, options }) => [name, options]));
  const readOf = (options: OptionGroups): OptionGroups =>
    readBy(catalogue, options, ({ programs }) =>
      programs.some((program) => program !== 'manage' && running.includes(program)),
    );
  const own = readOf(glance.nodeOptions?.[node.name ?? ''] ?? {});
  const all = [readOf(glance.options), ofStores, own, glance.extra].reduce(
    mergeGroups,
    overridable(deployment, node),
  );
  const lines = optionLines(all, { catalogue, stores, write });
  const fixed = [
    ...fixedGroups,
    ...(glance.keystone ? ['keystone_authtoken'] : []),
    ...(glance.policy ? ['oslo_policy'] : []),
  ];
  return {
    given: Object.fromEntries(fixed.map((group) => [group, lines[group] ?? []])),
    stores: glance.stores.map(({ name, share }) => ({
      name,
      datadir: share ? spelledText(share.path, write) : null,
      options: lines[name] ?? [],
    })),
    others: Object.keys(lines)
      .filter((group) => !fixed.includes(group) && !stores.has(group) && lines[group]?.length)
      .sort()
      .map((name) => ({ name, lines: lines[name] ?? [] })),
  };
}
