import { mayRestart } from '../../components/windows/reboot.ts';
import { CallError, SessionError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { type Connections, nodeSessions } from '../../plan/observe/make-plan.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Deployment } from '../../site/deployment.ts';

/** Says which nodes wait for a restart of Windows that oriel does not give them: nothing else would. */
export async function warnOfPendingRestarts(
  deployment: Deployment,
  connections: Connections,
  emit: Emit,
): Promise<void> {
  const left = new Set(
    deployment.nodes.filter((node) => !mayRestart(deployment, node)).map(({ name }) => name),
  );
  const sessions = nodeSessions(connections).filter(({ node }) => left.has(node));
  const why =
    deployment.rollout.reboot === 'never'
      ? 'rollout.reboot is never'
      : 'nodes that make shares are left to who looks after them';
  await Promise.all(
    sessions.map(async (session) => {
      const reasons = await reasonsOf(() =>
        session.call<AgentResults['Get-RebootState']>({ call: 'Get-RebootState' }),
      );
      if (reasons.length === 0) return;
      const message = `${session.node}: Windows has to be restarted (${reasons.join(', ')}); oriel does not: ${why}`;
      emit({ kind: 'note', level: 'warning', message });
    }),
  );
}

/** A node that does not say so is no reason to do anything: its steps tell what is wrong with it. */
async function reasonsOf(read: () => Promise<AgentResults['Get-RebootState']>): Promise<readonly string[]> {
  try {
    return (await read()).reasons;
  } catch (error) {
    if (error instanceof CallError || error instanceof SessionError) return [];
    throw error;
  }
}
