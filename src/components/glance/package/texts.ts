import { type Writer, windowsText } from '../../../render/file.ts';
import { fillTemplate } from '../../../render/template.ts';
import { Secret } from '../../../secret.ts';
import type { NodeSettings, Release, Text } from '../../../site/deployment.ts';
import { apiModel, manageModel } from '../render/model.ts';
import { pasteModel } from '../render/paste.ts';
import type { GlanceSettings } from '../site/settings.ts';

/** A text of the package: `keystone-cache/glance-api.conf`. */
export interface PackageText {
  readonly path: string;
  readonly text: string;
}

/** Stands for the value of a property, or of what follows from properties (msi/configure/oriel_configuration/places.py). */
const place = (name: string): string => `@${name}@`;
const asWritten: Writer = (text) => (text instanceof Secret ? text.reveal() : text);

const heading = {
  marker: 'Written once by the installer, which never changes it again: it is yours.',
  subject: 'Restart the service after a change.',
};

/**
 * The configuration that the package itself carries, for installations without oriel: the same templates, filled with places for
 * properties. One set for each pipeline of the API.
 */
export function packageTexts(release: Release): readonly PackageText[] {
  return [true, false].flatMap((keystone) =>
    [true, false].flatMap((cache) => variantTexts(release, keystone, cache)),
  );
}

function variantTexts(release: Release, keystone: boolean, cache: boolean): readonly PackageText[] {
  const folder = `${keystone ? 'keystone' : 'trusted'}${cache ? '-cache' : ''}`;
  const site = { release, components: { glance: settings(keystone, cache) } };
  const models = {
    'glance-api.conf': { ...apiModel(site, node, asWritten), ...apiPlaces },
    'glance-api-paste.ini': { ...pasteModel(site), healthcheckFile: place('HEALTHCHECK_FILE') },
    'glance-manage.conf': managePlaces(site),
  };
  return Object.entries(models).map(([name, model]) => ({
    path: `${folder}/${name}`,
    text: windowsText(fillTemplate('glance', name, { ...heading, ...model })),
  }));
}

/** What stands in the model as something else than text, or is put together there. */
const apiPlaces = {
  bindPort: place('BINDPORT'),
  workers: place('WORKERS'),
  logFile: place('LOG_FILE'),
  lockPath: place('LOCK_PATH'),
  pasteFile: place('PASTE_FILE'),
  staging: place('STAGING'),
  tasks: place('TASKS'),
};

const node: Pick<NodeSettings, 'address'> = { address: place('SELF_HOST') };

function managePlaces(site: Parameters<typeof manageModel>[0]) {
  const model = manageModel(site, asWritten);
  return { ...model, given: { ...model.given, DEFAULT: [`metadata_source_path = ${place('METADEFS')}`] } };
}

function settings(keystone: boolean, cache: boolean): GlanceSettings {
  const images = {
    name: 'images',
    kind: 'smb',
    path: place('STOREPATH'),
    manage: false,
    access: [],
    continuouslyAvailable: false,
    encrypt: false,
    free: { warn: 0, fail: 0 },
  } as const;
  return {
    features: ['api'],
    workers: 1,
    bind: { host: place('BINDHOST'), port: 0, firewall: false },
    publicEndpoint: place('PUBLICENDPOINT'),
    service: { account: 'LocalSystem', groups: [], recovery: 'restart', drain: 60 },
    database: { connection: place('DATABASE_CONNECTION'), sync: true },
    metadefs: false,
    ...(keystone && { keystone: identity }),
    stores: [{ name: 'images', type: 'file', default: true, share: images, options: {} }],
    staging: '',
    tasks: [],
    options: {
      DEFAULT: {
        delayed_delete: place('DELAYED_DELETE'),
        worker_self_reference_url: place('SELF_URL'),
        ...(cache && { image_cache_dir: place('CACHE_DIR'), image_cache_driver: 'sqlite' }),
      },
    },
    extra: {},
  };
}

const identity = {
  region: '',
  authUrl: place('KEYSTONE_AUTH_URL'),
  username: place('KEYSTONE_USERNAME'),
  password: new Secret('KEYSTONE_PASSWORD', place('KEYSTONE_PASSWORD')),
  project: place('KEYSTONE_PROJECT'),
  userDomain: place('KEYSTONE_USER_DOMAIN'),
  projectDomain: place('KEYSTONE_PROJECT_DOMAIN'),
} satisfies { readonly [key: string]: Text };
