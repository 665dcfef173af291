import { isFailure, SessionError } from '../../errors.ts';
import { startActivity } from '../../events/activity.ts';
import type { Emit } from '../../events/events.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Session } from '../../session/session.ts';
import type { NodeSettings } from '../../site/deployment.ts';
import { belowRoot } from '../../windows-root.ts';
import { type Connections, nodeSession, nodeSessions } from '../observe/make-plan.ts';

/** A load balancer before the nodes. Its functions throw BalancerError. */
export interface Balancer {
  /** Whether somebody has taken the node out already, where the balancer can say so. */
  readonly isDrained: (node: NodeSettings) => Promise<boolean>;
  /** Sends nothing new to a node; done when nothing is under way through it, or its time is over. Gives how much still is. */
  readonly drain: (node: NodeSettings, signal: AbortSignal) => Promise<number>;
  /** Done when the balancer sends to the node again. */
  readonly undrain: (node: NodeSettings, signal: AbortSignal) => Promise<void>;
}

export interface Draining {
  readonly balancer: Balancer;
  readonly nodes: readonly NodeSettings[];
}

interface DrainContext {
  readonly emit: Emit;
  readonly abort: AbortSignal;
}

/**
 * On the node, written before it is taken out and removed after it is back: whoever comes next, from whatever controller, sees
 * that it was oriel, and no operator, who took it out.
 */
const mark = belowRoot('drained.json');

/** Takes nodes out, side by side. Gives, by node, why one could not be. What an operator has taken out stays his. */
export async function drain(
  names: readonly string[],
  { balancer, nodes }: Draining,
  connections: Connections,
  context: DrainContext,
): Promise<ReadonlyMap<string, string>> {
  return reasons(names, async (name) => {
    const { node, session } = partsOf(name, nodes, connections);
    const activity = startActivity(
      context.emit,
      `${name}/rollout/drain`,
      name,
      'draining from the load balancer',
    );
    try {
      if (!(await isMarked(session)) && (await balancer.isDrained(node)))
        return note(context, `${name} is out of the load balancer already, not by oriel: it is left there`);
      const content = Buffer.from(JSON.stringify({ since: new Date().toISOString() })).toString('base64');
      await session.call({ call: 'Set-File', path: mark, content });
      const busy = await balancer.drain(node, context.abort);
      if (busy > 0) note(context, `${name}: ${busy} requests are still under way; its service lets them end`);
    } finally {
      activity.end();
    }
  });
}

/** Puts nodes back that are marked, side by side. Gives, by node, why one could not be. */
export async function undrain(
  names: readonly string[],
  { balancer, nodes }: Draining,
  connections: Connections,
  context: DrainContext,
): Promise<ReadonlyMap<string, string>> {
  return reasons(names, async (name) => {
    const { node, session } = partsOf(name, nodes, connections);
    if (!(await isMarked(session))) return;
    const activity = startActivity(
      context.emit,
      `${name}/rollout/drain`,
      name,
      'returning to the load balancer',
    );
    try {
      await balancer.undrain(node, context.abort);
      await session.call({ call: 'Remove-Path', path: mark });
    } finally {
      activity.end();
    }
  });
}

/** Nodes that an earlier run took out and did not put back. */
export async function drainedNodes(connections: Connections): Promise<readonly string[]> {
  const found = await Promise.all(
    nodeSessions(connections).map(async (session) =>
      (await isMarked(session).catch(() => false)) ? [session.node] : [],
    ),
  );
  return found.flat();
}

/** Says which nodes an earlier run left out. */
export async function warnOfDrained(connections: Connections, emit: Emit): Promise<void> {
  const left = await drainedNodes(connections);
  const message = `${left.join(', ')}: an earlier run left it out of the load balancer; the next apply puts it back`;
  if (left.length > 0) emit({ kind: 'note', level: 'warning', message });
}

async function isMarked(session: Session): Promise<boolean> {
  const { kind } = await session.call<AgentResults['Get-FileState']>({ call: 'Get-FileState', path: mark });
  return kind === 'file';
}

function partsOf(name: string, nodes: readonly NodeSettings[], connections: Connections) {
  const node = nodes.find((one) => one.name === name);
  const session = nodeSession(connections, name);
  if (!node || !session) throw new SessionError(name, 'unreachable', 'it is not reached');
  return { node, session };
}

function note({ emit }: DrainContext, message: string): void {
  emit({ kind: 'note', level: 'warning', message });
}

/** Why an action failed, by node; nothing of those for which it went well. */
async function reasons(
  names: readonly string[],
  act: (name: string) => Promise<void>,
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    names.map(async (name): Promise<readonly (readonly [string, string])[]> => {
      try {
        await act(name);
        return [];
      } catch (error) {
        if (isFailure(error) || (error as Error).name === 'AbortError')
          return [[name, (error as Error).message]];
        throw error;
      }
    }),
  );
  return new Map(found.flat());
}
