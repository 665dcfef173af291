import type { NodeOf, NodeSettings, Via } from '../../site/deployment.ts';
import type { OpenOptions } from '../open-options.ts';
import type { Session } from '../session.ts';
import type { Transport } from '../transport.ts';
import { agentSession } from './agent-session.ts';
import { transports } from './transports.ts';

/**
 * Opens the agent of a node by the node's `via`; what the node answers is checked from its hello on. `timeout`: default 30 s. Throws
 * SessionError: unreachable, host-key, authentication, protocol.
 */
export async function openSession(node: NodeSettings, options: Partial<OpenOptions> = {}): Promise<Session> {
  return agentSession(await openTransport(node, { timeout: 30_000, ...options }));
}

function openTransport<Each extends Via>(node: NodeOf<Each>, options: OpenOptions): Promise<Transport> {
  return transports[node.via](node, options);
}
