import type { Readable, Writable } from 'node:stream';

/** What a program on a node is joined to, whichever server has started it for its client. */
export interface CommandStreams {
  readonly input: Readable;
  readonly output: Writable;
  /** For what it writes to its standard error. */
  readonly words: Writable;
  /** Fulfilled when nobody waits for it any more: it is ended, with all that it started. */
  readonly closed: Promise<unknown>;
}

/** How a command line is started. */
export interface CommandOptions {
  /** `default`: as the default shell of SSH reads it. `cmd`: as cmd.exe does. `none`: it is a program and its arguments. */
  readonly shell: 'default' | 'cmd' | 'none';
  readonly environment?: Readonly<Record<string, string>>;
  /** Windows path. */
  readonly directory?: string;
}
