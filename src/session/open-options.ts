import type { Recorder } from './recorder.ts';
import type { AgentCall } from './session.ts';

/** How a session is opened, whichever way it takes, and what ends what is done over it. */
export interface OpenOptions {
  /** Folder of the agent's PowerShell files; default: the product's own. */
  readonly agentSource?: string;
  /** Told each line that the node prints and that is not a message. */
  readonly onNoise?: (line: string) => void;
  /** Told all that is asked of the node, and what it answers. */
  readonly record?: Recorder;
  /** Aborted: the opening is given up. */
  readonly signal?: AbortSignal;
  /** That of the run. Aborted: all that is under way over the session is given up; what cleans up goes on for a moment. */
  readonly abort?: AbortSignal;
  /** Milliseconds for the connection. */
  readonly timeout: number;
  /** Milliseconds for the node to open a channel, and to start a program in it. */
  readonly channel: number;
  /** Milliseconds for a sign that PowerShell runs, and again for the agent's hello. Default: what the node's settings say. */
  readonly hello: number;
  /** Milliseconds after which a node that falls silent is given up. */
  readonly silence: number;
  /** Milliseconds without a byte after which the transfer of a file goes on over a new channel. */
  readonly idle: number;
  /** Milliseconds that the agent may work on a call; default: that of its kind (agent-link/call-limits.ts). */
  readonly callLimit?: (call: AgentCall) => number;
}
