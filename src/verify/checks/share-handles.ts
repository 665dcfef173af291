import { CallError } from '../../errors.ts';
import type { Session } from '../../session/session.ts';
import { uncOf } from '../../site/grammar/share-node.ts';
import { type Check, type CheckOutcome, checkId, fail, pass, skip } from '../check.ts';

interface ShareConnection {
  readonly ServerName?: string;
  readonly ShareName?: string;
  readonly NumOpens?: number;
}

export interface ShareHandlesOptions {
  readonly component: string;
  readonly node: string;
  /** Where the data is; what is no UNC path is skipped. */
  readonly path: string;
  /** Ids of checks that have just used the share. */
  readonly needs: readonly string[];
}

/**
 * Whether a node that has just written to a share holds a connection to it, and how many handles are open over it. Seen from
 * the client's side: an agent over SSH with a key has no credentials to open the share itself.
 */
export function shareHandlesCheck({ component, node, path, needs }: ShareHandlesOptions): Check {
  return {
    id: checkId(node, component, 'share-handles'),
    node,
    title: 'count the handles open on the share',
    why: 'A node that writes without a connection to the share writes to a folder of its own, which no other node reads.',
    remedy: `see whether ${path} is the share, and how the node reaches it: Get-SmbConnection`,
    needs,
    concurrent: true,
    run: ({ session }) => countHandles(session(node), path),
  };
}

async function countHandles(session: Session, path: string): Promise<CheckOutcome> {
  const { server, share } = uncOf(path);
  if (!server || !share) return skip('the data is not on a share');
  const call = {
    call: 'Invoke-Cmdlet',
    name: 'Get-SmbConnection',
    parameters: {},
    select: ['ServerName', 'ShareName', 'NumOpens'],
  };
  try {
    const rows = await session.call<readonly ShareConnection[]>(call);
    return findingOf(
      rows.filter((row) => same(row.ServerName, server) && same(row.ShareName, share)),
      path,
    );
  } catch (error) {
    if (error instanceof CallError) return skip(`${call.name}: ${error.message}`);
    throw error;
  }
}

/** The service has a connection of its own; others of the node, as other users, count as well. */
function findingOf(connections: readonly ShareConnection[], path: string): CheckOutcome {
  if (connections.length === 0)
    return fail(`the node has no connection to ${path}, though it has just written there`);
  const opens = connections.reduce((sum, { NumOpens = 0 }) => sum + NumOpens, 0);
  return pass(`${opens} handles open on ${path}`, { connections: connections.length, opens });
}

function same(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
