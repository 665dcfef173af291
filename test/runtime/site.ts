import type { StartedServices } from '../../src/sandbox/services/start.ts';
import type { Release } from '../../src/site/deployment.ts';

export interface SiteFacts {
  readonly release: Release;
  /** Of the one node. */
  readonly address: string;
  readonly services: StartedServices;
}

/** The folder of the second store, which writes no zeros: a large image takes no room here (on Windows it does). */
export const secondFolder = 'C:\\ClusterStorage\\Volume2\\images';
/** Where images may be imported from, beside the usual ports. */
export const importPort = 9393;
export const cacheFolder = 'C:\\ProgramData\\oriel\\glance\\cache';

/** The site file of the one node, beside the folder `sandbox` and the file `secrets.yaml`. */
export function siteText({ release, address, services: { keystone, mariadb } }: SiteFacts): string {
  return `name: runtime
release: "${release}"
secrets:
  - file: secrets.yaml
storage:
  shares:
    images: { kind: sofs, path: \\\\SOFS1\\images }
    second: { kind: csv, path: ${secondFolder} }
components:
  glance:
    workers: 3
    service: { drain: 60s }
    bind: { host: node, port: 9292 }
    database:
      connection: ${mariadb?.url}
      password: { secret: database }
    keystone:
      auth_url: ${keystone?.url}
      username: glance
      password: { secret: keystone }
      project: service
    stores:
      images: { share: images, default: true }
      second: { share: second, options: { filesystem_thin_provisioning: true } }
    options:
      DEFAULT:
        image_cache_dir: ${cacheFolder}
        image_cache_driver: sqlite
        enabled_import_methods: [glance-direct, web-download, copy-image]
      import_filtering_opts:
        allowed_ports: [80, 443, ${importPort}]
nodes:
  defaults:
    via: ssh
    port: 2222
    user: oriel
    identity: sandbox/id_ed25519
    known_hosts: sandbox/known_hosts
  glance-1: { address: ${address} }
`;
}

/** Passwords under the names that the site file gives them. */
export function secretsText({ keystone, mariadb }: StartedServices): string {
  return `database: ${mariadb?.password.reveal()}\nkeystone: ${keystone?.service.password.reveal()}\n`;
}
