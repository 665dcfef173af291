/** How a session is opened, whichever way it takes. */
export interface OpenOptions {
  /** Folder of the agent's PowerShell files; default: the product's own. */
  readonly agentSource?: string;
  /** Told each line that the node prints and that is not a message. */
  readonly onNoise?: (line: string) => void;
  readonly signal?: AbortSignal;
  /** Milliseconds for the connection. */
  readonly timeout: number;
  /** Milliseconds for the agent's hello after it. */
  readonly hello: number;
  /** Milliseconds after which a node that falls silent is given up. */
  readonly silence: number;
}
