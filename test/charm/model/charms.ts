import { applicationNamed, applicationOf, type Bag, type Model, type ModelRelation } from './model.ts';

/** What a charm of somebody else does with a relation of its own whenever something there has changed. */
export type OtherCharm = (model: Model, relation: ModelRelation, own: string) => void;

/** The values that a charm makes up, by its application: never those of another one. */
export const credentials = {
  database: (application: string): string => `db-${application}-Aa0+/=$%`,
  keystone: (application: string): string => `ks-${application}-Bb1+/=$%`,
};

/** mysql-innodb-cluster: grants each unit that has asked, to every address of the JSON list `hostname`; each unit of it names its own host. */
export const mysql: OtherCharm = (model, relation, own) => {
  const asking = Object.entries(relation.bags).filter(
    ([owner, bag]) => owner.includes('/') && applicationOf(owner) !== own && asksForDatabase(bag),
  );
  if (asking.length === 0) return;
  const allowed = asking.map(([owner]) => owner).sort();
  for (const unit of applicationNamed(model, own).units)
    Object.assign(bagOf(relation, unit), {
      db_host: hostOf(unit),
      db_port: '3306',
      password: credentials.database(own),
      allowed_units: allowed.join(' '),
      wait_timeout: '3600',
    });
};

function asksForDatabase({ database, username, hostname }: Bag): boolean {
  if (!database || !username || !hostname) return false;
  return (JSON.parse(hostname) as unknown[]).length > 0;
}

/** mysql-router: a subordinate that answers on its own machine. */
export const mysqlRouter: OtherCharm = (model, relation, own) => {
  mysql(model, relation, own);
  for (const unit of applicationNamed(model, own).units)
    if (relation.bags[unit]?.db_host) bagOf(relation, unit).db_host = '127.0.0.1';
};

/** keystone: makes user, service and endpoints once all five keys are there; a little of it stands in the bag of the application. */
export const keystone: OtherCharm = (model, relation, own) => {
  const asking = Object.entries(relation.bags).some(
    ([owner, bag]) =>
      owner.includes('/') &&
      applicationOf(owner) !== own &&
      ['service', 'region', 'public_url', 'internal_url', 'admin_url'].every((key) => bag[key]),
  );
  if (!asking) return;
  Object.assign(bagOf(relation, own), { catalog_ttl: '60', ep_changed: '{}' });
  for (const unit of applicationNamed(model, own).units)
    Object.assign(bagOf(relation, unit), ofKeystone(hostOf(unit), own));
};

function ofKeystone(host: string, own: string): Bag {
  const where = (kind: string, port: string): Bag => ({
    [`${kind}_host`]: host,
    [`${kind}_port`]: port,
    [`${kind}_protocol`]: 'http',
  });
  return {
    ...where('auth', '35357'),
    ...where('service', '5000'),
    ...where('internal', '5000'),
    ...{ service_username: 'glance', service_password: credentials.keystone(own) },
    ...{ service_tenant: 'services', service_domain: 'service_domain', api_version: '3' },
    ...{ service_tenant_id: 'c0ffee', admin_role: 'Admin', created_roles: 'Admin' },
  };
}

export function bagOf(relation: ModelRelation, owner: string): Bag {
  relation.bags[owner] ??= {};
  return relation.bags[owner];
}

/** An address for each unit of others. */
export function hostOf(unit: string): string {
  const sum = [...applicationOf(unit)].reduce((all, letter) => (all * 31 + letter.charCodeAt(0)) % 200, 7);
  return `10.98.${sum}.${Number(unit.split('/')[1]) + 10}`;
}
