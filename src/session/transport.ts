import type { ByteChannel } from './byte-channel.ts';
import type { AgentCall, CallOptions } from './session.ts';

/**
 * What each way to a node brings: an agent that was started there and reads calls. It checks nothing that the node says, and knows
 * nothing of files; `agentSession` (open/agent-session.ts) makes a session of it, the same for all ways.
 */
export interface Transport {
  readonly node: string;
  /** What the agent said first, as it was read. */
  readonly hello: unknown;
  /** The node is the machine that oriel runs on. */
  readonly onController?: true;
  /** Never fulfilled; rejected with a SessionError when the link ends. */
  readonly lost: Promise<never>;
  /** Gives the answer as it was read. Throws SessionError or CallError. */
  call(call: AgentCall, options?: CallOptions): Promise<unknown>;
  /** A way of its own for the bytes of files; absent: they go through calls of the agent. Throws SessionError. */
  openChannel?(): Promise<ByteChannel>;
  /** Says goodbye and ends the link. */
  close(): Promise<void>;
  /** Ends the link without a word. */
  cut(): void;
}
