import type { CharmOption } from '../../../charm/model/charm.ts';

type Options = { readonly [name: string]: CharmOption };
const text = { type: 'string', default: '' } as const;
const conf = 'components.glance.options';

/** Where images go, and what may be uploaded. */
const images: Options = {
  'filesystem-store-datadir': {
    ...text,
    description:
      'Folder of the images: a share (\\\\server\\share), a cluster shared volume (C:\\ClusterStorage\\...) or, for one node, a local folder. Default: the share that smb-share or csv gives',
  },
  'disk-formats': {
    type: 'string',
    default: 'ami,ari,aki,vhd,vhdx,vmdk,raw,qcow2,vdi,iso,ploop',
    description: 'Disk formats that images may have, separated by commas',
    site: `${conf}.image_format.disk_formats`,
  },
  'container-formats': {
    ...text,
    description: 'Container formats that images may have, separated by commas. Default: those of Glance',
    site: `${conf}.image_format.container_formats`,
  },
  'image-size-cap': {
    type: 'string',
    default: '1TB',
    description: 'Largest image: a number with B, KB, MB, GB, TB or PB (powers of 1024)',
  },
  'expose-image-locations': {
    type: 'boolean',
    default: false,
    description: 'Whether the API tells where an image is stored',
    site: `${conf}.DEFAULT.show_multiple_locations`,
  },
};

/** How the service runs. */
const service: Options = {
  'openstack-version': {
    type: 'string',
    default: '2024.2',
    description: 'Release of OpenStack, by its series',
    site: 'release',
  },
  workers: {
    type: 'int',
    default: 2,
    description: 'API processes on each node, 1 to 60',
    site: 'components.glance.workers',
  },
  debug: {
    type: 'boolean',
    default: false,
    description: 'Whether the service logs at level debug',
    site: `${conf}.DEFAULT.debug`,
  },
  'service-account': {
    type: 'string',
    default: 'LocalSystem',
    description:
      'Account of the service: LocalSystem, NetworkService, a group managed service account (EXAMPLE\\glance$) or a user. A name alone is a user that ad-join makes',
    site: 'components.glance.service.account',
  },
  'service-credentials': {
    ...text,
    description: 'Secret with the key password, for a service-account that is a user: secret:ID',
  },
  'drain-timeout': {
    type: 'string',
    default: '60s',
    description: 'How long uploads and downloads in flight may go on when the service is stopped',
    site: 'components.glance.service.drain',
  },
  'api-config-flags': {
    ...text,
    description: 'More options of glance-api.conf, section DEFAULT: name=value, separated by commas',
  },
};

/** What the service talks to, and where it is reached. */
const surroundings: Options = {
  region: {
    type: 'string',
    default: 'RegionOne',
    description: 'Region of the endpoints in the identity service',
    site: 'components.glance.keystone.region',
  },
  'use-internal-endpoints': {
    type: 'boolean',
    default: false,
    description: 'Whether the service uses internal endpoints of the catalogue',
  },
  database: { type: 'string', default: 'glance', description: 'Database to ask shared-db for' },
  'database-user': { type: 'string', default: 'glance', description: 'User to ask shared-db for' },
  'database-connection': {
    ...text,
    description:
      'A database without a relation: SQLAlchemy URL without the password, mysql+pymysql://user@host/name, or sqlite:///C:/folder/file for one node',
  },
  'database-credentials': {
    ...text,
    description: 'Secret with the key password, for the user in database-connection: secret:ID',
  },
  'rabbit-user': { type: 'string', default: 'glance', description: 'User to ask amqp for' },
  'rabbit-vhost': { type: 'string', default: 'openstack', description: 'Virtual host to ask amqp for' },
  vip: { ...text, description: 'Address of the load balancer before the nodes' },
  'os-public-hostname': {
    ...text,
    description: 'Host name of the public endpoint. Default: vip, or the first node',
  },
  'os-internal-hostname': {
    ...text,
    description: 'Host name of the internal endpoint. Default: vip, or the first node',
  },
  'os-admin-hostname': {
    ...text,
    description: 'Host name of the admin endpoint. Default: vip, or the first node',
  },
  nagios_context: {
    ...{ type: 'string', default: 'juju', flavours: ['proxy'] },
    description: 'Prefix of host names in the monitoring',
  },
  nagios_servicegroups: {
    ...{ ...text, flavours: ['proxy'] },
    description: 'Service groups of the monitoring, separated by commas. Default: nagios_context',
  },
};

/** Names and meanings are those of the charm of Glance for Linux, where it has them. */
export const glanceCharmOptions: Options = { ...service, ...images, ...surroundings };
