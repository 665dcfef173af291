import { settingsOf } from '../../components/glance/site/settings.ts';
import { CallError, SessionError } from '../../errors.ts';
import type { Session } from '../../session/session.ts';
import type { Deployment } from '../../site/deployment.ts';
import { uncOf } from '../../site/grammar/share-node.ts';
import type { CheckResult } from '../../verify/timed-check.ts';
import { type Found, timedCheck } from '../../verify/timed-check.ts';

interface Connection {
  readonly ServerName?: string;
  readonly ShareName?: string;
  readonly NumOpens?: number;
}

/**
 * Whether a node that has just stored an image holds a connection to the share of its images, and how many handles are open over
 * it. Looked at from the client's side: an agent over SSH with a key has no credentials to open the share itself.
 */
export function checkShareHandles(
  deployment: Pick<Deployment, 'components'>,
  session: Session,
): Promise<CheckResult> {
  return timedCheck('share-handles', session.node, () => look(deployment, session));
}

async function look(deployment: Pick<Deployment, 'components'>, session: Session): Promise<Found> {
  const share = settingsOf(deployment).stores.find((store) => store.default)?.share;
  const { server, share: name } = uncOf(share?.path ?? '');
  if (!server || !name) return skipped('images are not on a share');
  const call = {
    call: 'Invoke-Cmdlet',
    name: 'Get-SmbConnection',
    parameters: {},
    select: ['ServerName', 'ShareName', 'NumOpens'],
  };
  try {
    const rows = await session.call<readonly Connection[]>(call);
    return verdict(
      rows.filter((row) => same(row.ServerName, server) && same(row.ShareName, name)),
      share?.path ?? '',
    );
  } catch (error) {
    if (error instanceof CallError) return skipped(`${call.name}: ${error.message}`);
    if (error instanceof SessionError) return { ok: false, message: error.message };
    throw error;
  }
}

/** The service has a connection of its own; others of the node, as other users, count as well. */
function verdict(connections: readonly Connection[], path: string): Found {
  if (connections.length === 0)
    return { ok: false, message: `the node has no connection to ${path}, though it stored an image` };
  const opens = connections.reduce((sum, { NumOpens = 0 }) => sum + NumOpens, 0);
  const facts = { connections: connections.length, opens };
  return { ok: true, message: `${opens} handles open on ${path}`, facts };
}

function skipped(why: string): Found {
  return { ok: true, message: `not looked at: ${why}` };
}

function same(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
