import type { CharmOption, CharmResource } from './charm.ts';

const proxy = { flavours: ['proxy'] } as const;
const text = { type: 'string', default: '' } as const;

/** How a proxy charm reaches its nodes. */
const access: { readonly [name: string]: CharmOption } = {
  'windows-nodes': {
    ...{ ...text, ...proxy },
    description:
      'Windows nodes to manage: NAME=ADDRESS, separated by commas. NAME is the host name of the node. Example: hv-01=10.0.0.11,hv-02=10.0.0.12',
  },
  'windows-transport': {
    ...{ type: 'string', default: 'ssh', ...proxy },
    description: 'Way to the nodes: ssh or winrm (HTTPS)',
    site: 'nodes.defaults.via',
  },
  'windows-credentials': {
    ...{ ...text, ...proxy },
    description:
      'Secret with the keys username, and password or private-key (OpenSSH): secret:ID, granted with juju grant-secret. Juju before 3.3 has no user secrets: use windows-user and windows-password',
  },
  'windows-user': {
    ...{ ...text, ...proxy },
    description: 'Administrator of the nodes, where windows-credentials is not set',
  },
  'windows-password': {
    ...{ ...text, ...proxy },
    description: 'Password of windows-user. Everybody who can read the model can read it',
  },
  'windows-known-hosts': {
    ...{ ...text, ...proxy },
    description:
      'Host keys of the nodes for ssh, as lines of a known_hosts file. A node without a line is refused',
  },
  'windows-ca': {
    ...{ ...text, ...proxy },
    description: 'Certificate authorities of the nodes for winrm, in PEM',
  },
};

/** Every charm has these. */
export const commonOptions: { readonly [name: string]: CharmOption } = {
  ...access,
  'installer-url': {
    ...text,
    description: 'URL of the Windows package (MSI), where it is not attached as a resource',
  },
  'installer-sha256': { ...text, description: 'SHA-256 of the file at installer-url, in hexadecimal digits' },
  'payload-url': {
    ...{ ...text, ...proxy },
    description:
      'URL of a payload bundle (oriel payload bundle), from which the unit builds the package where it has none',
  },
  'payload-sha256': {
    ...{ ...text, ...proxy },
    description: 'SHA-256 of the file at payload-url, in hexadecimal digits',
  },
  'node-url': {
    ...text,
    description: 'URL of the Node.js runtime, where it is not attached as a resource',
  },
  'node-sha256': { ...text, description: 'SHA-256 of the file at node-url, in hexadecimal digits' },
  'action-managed-upgrade': {
    type: 'boolean',
    default: false,
    description:
      'Whether a new release is installed only by the action openstack-upgrade, one unit at a time. Otherwise all units install it when openstack-version or the package changes',
  },
  'uninstall-on-remove': {
    type: 'boolean',
    default: false,
    description:
      'Whether removing a unit also removes the services, packages and settings from its nodes. Images are never deleted',
  },
  'site-config': {
    ...text,
    description:
      'More of the site file, in YAML, merged over the one that the charm composes. docs/reference/site-file.md explains the keys. No passwords',
  },
};

/** Every charm has this resource. */
export const nodeRuntime = 'node-runtime';
export const nodeResources: { readonly proxy: CharmResource; readonly native: CharmResource } = {
  proxy: {
    filename: 'node.tar.gz',
    description: 'Node.js 20 or later for Linux, the archive that its project publishes',
  },
  native: { filename: 'node.exe', description: 'node.exe of Node.js 20 or later for Windows, x64' },
};
