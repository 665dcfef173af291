import { CallError } from '../errors.ts';
import type { AgentResults } from '../session/agent-link/agent-calls.ts';
import type { Session } from '../session/session.ts';
import type { Share } from '../site/share.ts';
import { cmdlet } from '../verify/checks/storage/model/check.ts';
import { same, textOf } from '../verify/checks/storage/model/read.ts';
import { askShares, identityOf } from '../verify/checks/storage/shares/find-share.ts';
import { type Place, rowsFrom } from './cluster-state.ts';
import type { Member } from './stage.ts';

/** The cluster that has a share, as far as the site knows it. */
export interface FoundCluster {
  readonly members: readonly Member[];
  readonly place: Place;
}

/** Finds the nodes of the cluster that has the share, and its folder there; a text says why there are none. Throws SessionError, CheckError. */
export async function findCluster(
  sessions: readonly Session[],
  share: Share,
): Promise<FoundCluster | string> {
  const computers = await Promise.all(
    sessions.map(async (session) => {
      const { computer } = await session.call<AgentResults['Get-Facts']>({ call: 'Get-Facts' });
      return { computer, session };
    }),
  );
  const reasons: string[] = [];
  for (const { computer, session } of computers) {
    const nodes = await namesOf(session);
    if (typeof nodes === 'string') reasons.push(`${session.node}: ${nodes}`);
    else if (!nodes.some((name) => same(name, computer)))
      reasons.push(`${session.node} (${computer}) is no node of the cluster of ${nodes.join(', ')}`);
    else {
      const folder = await folderOf(session, share);
      if (folder !== undefined)
        return {
          members: computers.filter((one) => nodes.some((name) => same(name, one.computer))),
          place: { share, folder },
        };
      reasons.push(`the cluster of ${session.node} has no share ${share.path}`);
    }
  }
  return reasons.join('; ');
}

async function namesOf(session: Session): Promise<readonly string[] | string> {
  try {
    const rows = await rowsFrom(session, cmdlet('Get-ClusterNode', ['Name']));
    return rows.map((row) => textOf(row, 'Name'));
  } catch (error) {
    if (error instanceof CallError) return error.message.split('\n')[0] ?? '';
    throw error;
  }
}

async function folderOf(session: Session, share: Share): Promise<string | undefined> {
  if (share.kind === 'csv') return share.path;
  const { name, scope } = identityOf(share);
  const rows = await rowsFrom(session, askShares('Path'));
  const row = rows.find((each) => same(textOf(each, 'Name'), name) && same(textOf(each, 'ScopeName'), scope));
  return row && textOf(row, 'Path');
}
