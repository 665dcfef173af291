/**
 * What was asked, without its secrets: `{ open }` a session, `{ call, ... }` the agent, `{ channel }` a way for bytes, `{ file, mode }`
 * what went over it, `{ http, url, body? }` a service.
 */
export type Asked = Readonly<Record<string, unknown>>;

/** What was thrown in place of an answer. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  /** Of SessionError and CallError. */
  readonly kind?: string | undefined;
  readonly remedy?: string | undefined;
  readonly category?: string | undefined;
  readonly at?: string | undefined;
  /** What `fetch` says of a request that failed. */
  readonly cause?: string | undefined;
  /** The channel of a file failed with it; another one may have been opened. */
  readonly broke?: true | undefined;
}

export type Answered = (answer: { readonly answer: unknown } | { readonly error: Failure }) => void;

/** Told what nodes and services are asked, and what they answer (record/). */
export interface Recorder {
  /** Gives what takes the answer. */
  readonly ask: (node: string, asked: Asked) => Answered;
  readonly printed: (node: string, line: string) => void;
}
