import type { CharmRelation, ComponentCharm } from '../../../charm/model/charm.ts';
import { glanceBundle } from './bundle.ts';
import { glanceCharmOptions } from './options.ts';

const proxy = { flavours: ['proxy'] } as const;

/** Interfaces are those of the charms of OpenStack and, below, of Cloudbase's charms for Windows. */
const relations: { readonly [endpoint: string]: CharmRelation } = {
  'image-service': { role: 'provides', interface: 'glance', optional: true },
  'nrpe-external-master': {
    ...{ role: 'provides', interface: 'nrpe-external-master', optional: true, scope: 'container' },
    ...proxy,
  },
  'shared-db': { role: 'requires', interface: 'mysql-shared' },
  'identity-service': { role: 'requires', interface: 'keystone' },
  amqp: { role: 'requires', interface: 'rabbitmq', optional: true },
  certificates: { role: 'requires', interface: 'tls-certificates', optional: true },
  'smb-share': { role: 'requires', interface: 'fileserver', optional: true },
  csv: { role: 'requires', interface: 'csv', optional: true },
  'ad-join': { role: 'requires', interface: 'ad-join', optional: true },
};

/** The charm of Glance. */
export const glanceCharm: ComponentCharm = {
  name: 'glance-windows',
  summary: 'OpenStack image service (Glance) on Windows Server',
  description: [
    'Glance keeps the images of an OpenStack cloud. This charm installs, configures, upgrades and verifies it on Windows Server nodes,',
    'with images on SMB shares, Scale-Out File Server, Cluster Shared Volumes or Storage Spaces Direct.',
  ].join('\n'),
  tags: ['openstack', 'windows', 'storage'],
  options: glanceCharmOptions,
  relations,
  extraBindings: ['public', 'admin', 'internal'],
  bundle: glanceBundle,
};
