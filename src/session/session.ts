/** One request to the agent of a node: the name of an agent function and its parameters (docs/reference/nodes/agent-protocol.md). */
export interface AgentCall {
  readonly call: string;
  readonly [parameter: string]: unknown;
}

/** What the agent says of itself and its node before anything else. */
export interface Hello {
  readonly hello: 1;
  /** Version of the agent's function set; a session refuses one it does not know. */
  readonly agent: string;
  /** `3.0` to `7.6` of a real PowerShell; `0.0` of the stand-in. */
  readonly powershell: string;
  readonly pid: number;
  /** `windows`: a real one. `wine`: PowerShell or the stand-in, in Wine. `simulated`: stand-in with a folder behind it. */
  readonly platform: 'windows' | 'wine' | 'simulated';
}

export interface Transfer {
  readonly bytes: number;
  /** Bytes that crossed the wire; less than `bytes` where an earlier, broken transfer was taken up again. */
  readonly sent: number;
  readonly sha256: string;
}

export interface CallOptions {
  /**
   * Milliseconds; past it the call is given up with a SessionError of kind `timeout`. Default: that of its kind
   * (agent-link/call-limits.ts); of the transfer of a file none, as long as bytes move.
   */
  readonly timeout?: number;
  /** Beside that of the run, which ends every call. */
  readonly signal?: AbortSignal;
  /** Goes on for a moment when the run is given up, to leave nothing behind. */
  readonly cleansUp?: true;
}

export interface TransferOptions extends CallOptions {
  readonly progress?: (done: number, total: number) => void;
}

/** What answers calls. Methods throw SessionError (the link) or CallError (the answer is an error, or none that is known). */
interface Answering {
  /** Its name in plans. */
  readonly node: string;
  call<Result = unknown>(call: AgentCall, options?: CallOptions): Promise<Result>;
  close(): Promise<void>;
}

/** An open agent on one node. */
export interface Session extends Answering {
  readonly kind: 'node';
  readonly hello: Hello;
  /** Brings a local file to a path on the node (`C:\dir\file`); whole and hash-checked, or not there at all. */
  put(source: string, target: string, options?: TransferOptions): Promise<Transfer>;
  get(source: string, target: string, options?: TransferOptions): Promise<Transfer>;
  /** The node is the machine that oriel runs on: what restarts it ends oriel as well. */
  readonly onController?: true;
  /** Opens the link anew, as after a restart of the node. Absent: this kind of session cannot. Throws SessionError. */
  reconnect?(signal?: AbortSignal): Promise<void>;
}

/** A service that answers calls of its own and is no node: it has no agent, no files, and nothing to lock, drain or restart. */
export interface Endpoint extends Answering {
  readonly kind: 'endpoint';
  /** What a plan shows where a node has its platform: `identity`. */
  readonly service: string;
}

/** Whatever has steps in a plan. */
export type Connection = Session | Endpoint;
