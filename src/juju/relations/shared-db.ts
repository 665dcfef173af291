import { isIPv6 } from 'node:net';
import { type RelationData, textOption } from '../gather/facts.ts';
import { atPath } from '../site/site-part.ts';
import { condition } from '../status/condition.ts';
import type { Bag } from '../tools/hook-tools.ts';
import type { Reading, RelationHandler, Surroundings } from './handler.ts';

/** The name of the password among the secrets of the composed site. */
export const databasePassword = 'shared-db-password';
const caFile = 'database-ca.pem';

/**
 * `shared-db` of mysql-innodb-cluster (interface mysql-shared): it grants access to every address in the JSON list `hostname`. No other
 * key of ours may hold `_`: the helpers of the charm split keys there.
 */
export const sharedDb: RelationHandler = {
  request(_, { facts, share }) {
    if (share.all.length === 0) return {};
    return {
      database: textOption(facts, 'database') ?? facts.charm.component,
      username: textOption(facts, 'database-user') ?? facts.charm.component,
      hostname: JSON.stringify(share.all.map(({ address }) => address)),
    };
  },
  read(relation, surroundings) {
    const { facts } = surroundings;
    const granted = grantOf(relation, facts.event.unit);
    if (!granted) {
      const what = 'database for this unit';
      return { conditions: [condition('relation-incomplete', { endpoint: 'shared-db', what })] };
    }
    const host = granted.db_host ?? '';
    if (isLoopback(host))
      return { conditions: [condition('database-loopback', { remote: relation.remote, host })] };
    return connectionOf(granted, relation.own, surroundings);
  },
};

/** The bag of the first database unit that gives this unit access; of several units of a cluster one speaks. */
export function grantOf({ units }: RelationData, unit: string): Bag | undefined {
  return [...units.values()].find(
    ({ db_host, password, allowed_units }) =>
      db_host && password && (allowed_units ?? '').split(/\s+/).includes(unit),
  );
}

/** Router of MySQL: it listens on its own machine alone, which is not the node. */
function isLoopback(host: string): boolean {
  return /^(127\.|localhost$|::1$)/.test(host);
}

function connectionOf(bag: Bag, own: Bag, { facts }: Surroundings): Reading {
  const { db_host: host = '', db_port: port, password = '', ssl_ca: ca } = bag;
  const place = `${isIPv6(host) ? `[${host}]` : host}${port ? `:${port}` : ''}`;
  const user = encodeURIComponent(own.username ?? facts.charm.component);
  const name = own.database ?? facts.charm.component;
  const database = {
    connection: `mysql+pymysql://${user}@${place}/${name}?charset=utf8`,
    password: { secret: databasePassword },
    sync: facts.leader,
    ...(ca && { ca: { file: caFile } }),
  };
  const site = atPath(`components.${facts.charm.component}.database`, database);
  return {
    conditions: [],
    part: {
      site,
      secrets: { [databasePassword]: password },
      ...(ca && { files: { [caFile]: Buffer.from(ca, 'base64').toString('utf8') } }),
    },
  };
}

/** Which database a schema was prepared in. Not its host: each unit of a cluster of MySQL names its own. */
export function databaseId(relation: RelationData, unit: string): string | undefined {
  return grantOf(relation, unit) && JSON.stringify([relation.id, relation.own.database]);
}
