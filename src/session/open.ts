import { SessionError } from '../errors.ts';
import type { Emit } from '../plan/events.ts';
import type { NodeSettings } from '../site/deployment.ts';
import { agentLaunch } from './launch.ts';
import type { Session } from './session.ts';
import { openSshSession } from './ssh.ts';

export interface OpenOptions {
  /** Folder of the agent's PowerShell files; default: the product's own. */
  readonly agentSource?: string;
  /** Told `node-connected`, and a `note` for each line the node prints that is no message. */
  readonly emit?: Emit;
  readonly signal?: AbortSignal;
  /** Milliseconds for the connection, and again for the agent's hello; default 30 s each. */
  readonly timeout?: number;
}

/** Opens the agent of a node by the node's `via`. Throws SessionError: unreachable, host-key, authentication, protocol. */
export async function openSession(node: NodeSettings, options: OpenOptions = {}): Promise<Session> {
  const { agentSource, emit, signal, timeout = 30_000 } = options;
  if (node.via !== 'ssh')
    throw new SessionError(node.name, 'protocol', `via: ${node.via} is not supported yet`, 'Use `via: ssh`.');
  const session = await openSshSession(node, {
    launch: agentLaunch(agentSource),
    timeout,
    ...(signal && { signal }),
    onNoise: (line) => emit?.({ kind: 'note', level: 'warning', message: `${node.name} printed: ${line}` }),
  });
  const { platform, powershell } = session.hello;
  emit?.({ kind: 'node-connected', node: node.name, platform, powershell });
  return session;
}
