/** A charm of the store that bundles relate to. */
export interface StoreCharm {
  readonly name: string;
  readonly channel: string;
  readonly units: number;
  /** What it provides, and at which endpoint. */
  readonly provides?: { readonly interface: string; readonly endpoint: string };
  /** Its own endpoint for a database. */
  readonly database?: string;
  /** Whether users reach it from outside the model. */
  readonly expose: boolean;
}

const database = 'mysql-shared';

/** Its units are three at least; its router is left out, as it listens on 127.0.0.1. */
const mysqlCluster: StoreCharm = {
  name: 'mysql-innodb-cluster',
  channel: '8.0/stable',
  units: 3,
  provides: { interface: database, endpoint: 'shared-db' },
  expose: false,
};

/** The database of a development model: one unit is enough for it. */
export const mysqlAlone: StoreCharm = { ...mysqlCluster, name: 'mysql', units: 1 };

/** The servers that endpoints of ours are related to, by what they provide. */
export const servers: readonly StoreCharm[] = [
  mysqlCluster,
  {
    name: 'keystone',
    channel: '2024.1/stable',
    units: 1,
    provides: { interface: 'keystone', endpoint: 'identity-service' },
    database: 'shared-db',
    expose: true,
  },
  {
    name: 'rabbitmq-server',
    channel: '3.9/stable',
    units: 1,
    provides: { interface: 'rabbitmq', endpoint: 'amqp' },
    expose: false,
  },
];

/** Its option `services` names the nodes: they are no units, so no relation can. */
export const haproxy: StoreCharm = { name: 'haproxy', channel: 'latest/stable', units: 1, expose: true };

/** Every charm of the store that a bundle may have. */
export const storeCharms: readonly StoreCharm[] = [...servers, mysqlAlone, haproxy];

/** Whether a charm is a database that others may use too. */
export function isDatabase({ provides }: StoreCharm): boolean {
  return provides?.interface === database;
}
