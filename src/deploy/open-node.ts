import type { Emit } from '../events/events.ts';
import { openSession } from '../session/open/open.ts';
import type { OpenOptions } from '../session/open-options.ts';
import type { Session } from '../session/session.ts';
import type { NodeSettings } from '../site/deployment.ts';

/**
 * Opens a session to a node and emits `node-connected`, and a `note` for each line that the node prints and that is not a message.
 * Throws SessionError.
 */
export async function openNode(
  node: NodeSettings,
  emit: Emit,
  options: Partial<OpenOptions> = {},
): Promise<Session> {
  const session = await openSession(node, {
    onNoise: (line) => emit({ kind: 'note', level: 'warning', message: `${node.name} printed: ${line}` }),
    ...options,
  });
  const { platform, powershell } = session.hello;
  emit({ kind: 'node-connected', node: node.name, platform, powershell });
  return session;
}
