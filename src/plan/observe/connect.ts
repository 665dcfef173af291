import { SessionError } from '../../errors.ts';
import { startActivity } from '../../events/activity.ts';
import type { Emit } from '../../events/events.ts';
import type { Connection } from '../../session/session.ts';
import type { Connections } from './make-plan.ts';

interface NodeName {
  readonly name: string;
}

/**
 * Opens a session to every node side by side, runs `body` with them and closes them. A node that cannot be reached is told as
 * `node-failed` and stands in the map with its error. Throws any other error of `open`, such as that of a wrong SSH configuration, when
 * what was opened is closed.
 */
export async function withSessions<Result, Node extends NodeName>(
  nodes: readonly Node[],
  open: (node: Node) => Promise<Connection>,
  emit: Emit,
  body: (connections: Connections) => Promise<Result>,
): Promise<Result> {
  const reached = await Promise.allSettled(nodes.map((node) => reach(node, open, emit)));
  const connections = new Map(
    reached.flatMap((one, index) =>
      one.status === 'fulfilled' ? [[nodes[index]?.name ?? '', one.value] as const] : [],
    ),
  );
  try {
    for (const one of reached) if (one.status === 'rejected') throw one.reason;
    return await body(connections);
  } finally {
    const closing = [...connections.values()].map((session) =>
      session instanceof Error ? null : session.close(),
    );
    await Promise.allSettled(closing);
  }
}

async function reach<Node extends NodeName>(
  node: Node,
  open: (node: Node) => Promise<Connection>,
  emit: Emit,
): Promise<Connection | SessionError> {
  const activity = startActivity(emit, `${node.name}/session`, node.name, 'connecting');
  try {
    return await open(node);
  } catch (error) {
    const failure = isAbort(error)
      ? new SessionError(node.name, 'unreachable', 'stopped while connecting')
      : error;
    if (!(failure instanceof SessionError)) throw error;
    const { message, remedy } = failure;
    emit({ kind: 'node-failed', node: node.name, message, ...(remedy !== undefined && { remedy }) });
    return failure;
  } finally {
    activity.end();
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
