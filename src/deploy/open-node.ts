import type { Emit } from '../events/events.ts';
import type { Interrupt } from '../plan/run/interrupt.ts';
import { openSession } from '../session/open/open.ts';
import { reconnecting } from '../session/open/reconnecting.ts';
import type { OpenOptions } from '../session/open-options.ts';
import type { Session } from '../session/session.ts';
import type { NodeSettings } from '../site/deployment.ts';

export interface OpenNodeOptions {
  readonly emit: Emit;
  /** Ctrl-C: the first ends what is being opened, the second all that is done over the sessions. */
  readonly interrupt?: Pick<Interrupt, 'stop' | 'abort'> | undefined;
  readonly sessions?: Partial<OpenOptions> | undefined;
  /** Opens a node in place of its way there. */
  readonly open?: ((node: NodeSettings) => Promise<Session>) | undefined;
}

/** Opens a session to a node that can be opened anew, as after a restart of the node. Throws SessionError. */
export function openAgain(
  node: NodeSettings,
  { emit, interrupt, sessions, open }: OpenNodeOptions,
): Promise<Session> {
  return reconnecting((signal = interrupt?.stop) => {
    if (open) return open(node);
    const ends = { ...(signal && { signal }), ...(interrupt && { abort: interrupt.abort }) };
    return openNode(node, emit, { ...sessions, ...ends });
  });
}

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
