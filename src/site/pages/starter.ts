import { defaultRelease, releasesOf } from '../grammar/release.ts';
import type { SiteComponent } from '../grammar/site-component.ts';

/** The smallest site file that does the job, with what there is to change in it; `oriel init` writes it. */
export function starterSite(components: readonly SiteComponent[]): string {
  const series = releasesOf(components);
  const known = series.length > 1 ? `: ${series.slice(0, -1).join(', ')} or ${series.at(-1)}` : '';
  const [first = 'node'] = components.map(({ name }) => name);
  return `# yaml-language-server: $schema=./oriel.schema.json
# What every key means: \`oriel schema --markdown\`. Check this file: \`oriel validate site.yaml\`.

name: images                           # names the deployment; part of every identity derived from it
release: "${defaultRelease}"                      # OpenStack series, in quotes${known}

secrets:                               # where the values of { secret: NAME } come from; the first source that has one wins
  - env: ORIEL_                        # \`database_password\` is read from ORIEL_DATABASE_PASSWORD
# - file: secrets.yaml                 # lines of \`NAME: value\`; chmod 600
# - command: [pass, show, "oriel/{name}"]

storage:
  shares:
    images:
      path: \\\\sofs1.example.org\\images  # what the nodes open: a UNC path, or C:\\ClusterStorage\\Volume1\\images

components:
${components.map(({ site }) => site.starter).join('')}
nodes:
  defaults:
    user: Administrator                # logs in by SSH with this key; without \`identity\` the SSH agent is asked
    identity: ~/.ssh/id_ed25519
  ${first}-1: { address: 10.0.0.11 }     # host name or IP address
  ${first}-2: { address: 10.0.0.12 }
`;
}

/** A site file for the nodes and services that `oriel sandbox up` starts in its folder: it validates, builds and can be applied as it is. */
export function sandboxSite(components: readonly SiteComponent[]): string {
  const [first = 'node'] = components.map(({ name }) => name);
  return `# yaml-language-server: $schema=./oriel.schema.json
# Two nodes of the sandbox: \`oriel sandbox up --with keystone,mariadb\` in this folder starts them.

name: sandbox
release: "${defaultRelease}"

secrets:
  - file: .oriel/sandbox/secrets.yaml  # written by \`oriel sandbox up\`

storage:
  shares:
    images: { kind: sofs, path: \\\\SOFS1\\images }

components:
${components.map(({ site }) => site.sandboxStarter ?? '').join('')}
nodes:
  defaults:
    port: 2222
    user: oriel
    identity: .oriel/sandbox/id_ed25519
    known_hosts: .oriel/sandbox/known_hosts
  ${first}-1: { address: 127.0.0.2 }
  ${first}-2: { address: 127.0.0.3 }
`;
}

/** A site of every component with default settings, on a Scale-Out File Server: what can be said of it can be said of any site. */
export function sampleSite(components: readonly SiteComponent[]): string {
  const roles = components.flatMap(({ roles: own }) => own.map(({ name }) => name));
  return `name: sample
release: "${defaultRelease}"
storage:
  shares:
    images:
      kind: sofs
      manage: true
      access: ['EXAMPLE\\sample$']
      path: \\\\sofs1.example.org\\images
      scope: SOFS1
      folder: C:\\ClusterStorage\\Volume1\\images
components:
${components.map(({ site }) => site.starter).join('')}
nodes:
  defaults: { user: Administrator }
  node-1: { address: 10.0.0.11, roles: [${roles.join(', ')}] }
  node-2: { address: 10.0.0.12, roles: [${roles.join(', ')}] }
  storage-1: { address: 10.0.0.21, roles: [storage] }
`;
}
