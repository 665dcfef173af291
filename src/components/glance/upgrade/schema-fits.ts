import { ResourceError } from '../../../errors.ts';
import type { Emit } from '../../../events/events.ts';
import type { Connections } from '../../../plan/observe/make-plan.ts';
import { checkCall, readSchema } from '../../../resources/database-schema/resource.ts';
import type { Release } from '../../../site/deployment.ts';
import { schemaProgram } from '../declare/schema.ts';

/**
 * Asks a node that has a package whether a release can run on the database as it is. Throws ResourceError where a newer one has
 * contracted the schema. Where no node can say, that is told and nothing else.
 */
export async function assertSchemaFits(
  release: Release,
  nodes: readonly string[],
  connections: Connections,
  emit: Emit,
): Promise<void> {
  let why = 'no node has a package';
  for (const node of nodes) {
    const session = connections.get(node);
    if (!session || session instanceof Error) continue;
    const answer = await session.call(checkCall(schemaProgram)).catch((error: Error) => {
      why = `${node}: ${error.message}`;
    });
    const found = answer === undefined ? undefined : readSchema(answer);
    if (found && 'heads' in found) return assertNotNewer(node, found.heads, release);
    if (found) why = `${node}: ${found.unreadable}`;
  }
  const message = `whether ${release} fits the database schema is not known: ${why}`;
  emit({ kind: 'note', level: 'warning', message });
}

/** A release runs on a schema that newer ones have expanded, and on none that they have contracted. */
function assertNotNewer(node: string, heads: readonly string[], release: Release): void {
  const newer = heads.filter((head) => head.includes('contract') && isNewer(seriesOf(head), release));
  if (newer.length === 0) return;
  throw new ResourceError(
    node,
    'database-schema/glance',
    `${release} does not run on this database: Glance ${seriesOf(newer[0] ?? '')} has contracted its schema (${newer.join(', ')})`,
    'restore the dump that was made before, or stay',
  );
}

/** The OpenStack series that a revision of Glance's schema came with: `2024.1` of `2024_1_contract01`, `zed` of `zed_contract01`. */
function seriesOf(revision: string): string {
  const [, year, half, name] = /^(?:(\d{4})_(\d)|([a-z]+))/.exec(revision) ?? [];
  return year ? `${year}.${half}` : (name ?? revision);
}

/** Series before 2023.1 have names, and are older. */
function isNewer(one: string, other: Release): boolean {
  return /^\d/.test(one) && one.localeCompare(other, 'en', { numeric: true }) > 0;
}
