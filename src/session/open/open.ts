import { SessionError } from '../../errors.ts';
import type { NodeSettings } from '../../site/deployment.ts';
import { agentLaunch } from '../agent-link/launch.ts';
import type { Session } from '../session.ts';
import { openSshSession } from '../ssh/session.ts';

export interface OpenOptions {
  /** Folder of the agent's PowerShell files; default: the product's own. */
  readonly agentSource?: string;
  /** Told each line that the node prints and that is not a message. */
  readonly onNoise?: (line: string) => void;
  readonly signal?: AbortSignal;
  /** Milliseconds for the connection, and again for the agent's hello; default 30 s each. */
  readonly timeout?: number;
}

/** Opens the agent of a node by the node's `via`. Throws SessionError: unreachable, host-key, authentication, protocol. */
export async function openSession(node: NodeSettings, options: OpenOptions = {}): Promise<Session> {
  const { agentSource, onNoise, signal, timeout = 30_000 } = options;
  if (node.via !== 'ssh')
    throw new SessionError(node.name, 'protocol', `via: ${node.via} is not supported yet`, 'Use `via: ssh`.');
  return openSshSession(node, {
    launch: agentLaunch(agentSource),
    timeout,
    ...(signal && { signal }),
    ...(onNoise && { onNoise }),
  });
}
