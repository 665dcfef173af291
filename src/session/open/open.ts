import type { NodeOf, NodeSettings, Via } from '../../site/deployment.ts';
import type { OpenOptions } from '../open-options.ts';
import { recordingTransport } from '../record/recording.ts';
import type { Session } from '../session.ts';
import type { Transport } from '../transport.ts';
import { agentSession } from './agent-session.ts';
import { transports } from './transports.ts';

/**
 * OpenSSH gives a login two minutes (LoginGraceTime), and PowerShell on a server that is busy, as with updates or a scan, takes
 * more than half of one to start: what is reached and alive is waited for so long.
 */
const busyMs = 120_000;
/** Milliseconds after which a node that says nothing is gone. */
const silenceMs = 30_000;
/** Milliseconds for a server to open a channel, and for SFTP without a byte: it does either at once, however busy the node is. */
const channelMs = 60_000;

/**
 * Opens the agent of a node by the node's `via`; what the node answers is checked from its hello on. Default bounds: two minutes for
 * the connection, one for the start of the agent, two for its hello; half a minute of silence. Throws
 * SessionError: unreachable, host-key, authentication, protocol.
 */
export async function openSession(node: NodeSettings, options: Partial<OpenOptions> = {}): Promise<Session> {
  return agentSession(await openTransport(node, options), options);
}

/** The same without the checks of what the agent says, for who looks at the way itself. Throws SessionError. */
export function openTransport(node: NodeSettings, options: Partial<OpenOptions> = {}): Promise<Transport> {
  const hello = helloMs(node);
  const limits = { timeout: busyMs, channel: channelMs, hello, silence: silenceMs, idle: channelMs };
  const all = { ...limits, ...options };
  if (!options.record) return transportOf(node, all);
  return recordingTransport(node, all, options.record, (given) => transportOf(node, given));
}

function helloMs({ startTimeout }: NodeSettings): number {
  return startTimeout === undefined ? busyMs : startTimeout * 1000;
}

function transportOf<Each extends Via>(node: NodeOf<Each>, options: OpenOptions): Promise<Transport> {
  return transports[node.via](node, options);
}
