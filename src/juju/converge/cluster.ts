import { relationOf, textOption } from '../gather/facts.ts';
import type { Surroundings } from '../relations/handler.ts';
import { databaseId } from '../relations/shared-db.ts';
import { type Condition, condition } from '../status/condition.ts';

/** Key of the peers' application bag: the database whose schema the leader has prepared. */
export const preparedKey = 'db-initialised';

/** The database that the service uses, by a name that another one does not have; undefined where there is none yet. */
export function databaseInUse({ facts }: Surroundings): string | undefined {
  const connection = textOption(facts, 'database-connection');
  if (connection !== undefined) return connection;
  const relation = relationOf(facts, 'shared-db');
  return relation && databaseId(relation, facts.event.unit);
}

/** What a unit waits for that is not the leader: one schema is prepared once, and by one unit. */
export function clusterConditions(surroundings: Surroundings): readonly Condition[] {
  const { facts, share } = surroundings;
  const database = databaseInUse(surroundings);
  if (database === undefined) return [];
  if (/^sqlite:/.test(database) && share.all.length > 1) return [condition('database-sqlite')];
  if (facts.leader || facts.peers?.application[preparedKey] === database) return [];
  return [condition('leader-database')];
}
