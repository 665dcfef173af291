import type { SessionError } from '../errors.ts';

/** A way for the bytes of files to a node and back. Sizes and hashes are not its part: the agent tells them. */
export interface ByteChannel {
  /** Bytes of one request. */
  readonly block: number;
  /** Requests on their way at once; what a broken transfer leaves may have holes in its last `block * requests` bytes. */
  readonly requests: number;
  /** Why nothing goes this way any more; another channel may lead there. */
  readonly failure?: SessionError | undefined;
  /** A file of the node by its path there (`C:\dir\file`), open or not. Throws SessionError where this way does not lead there. */
  file(path: string): RemoteFile;
}

/** All throw SessionError, or CallError where the bytes go through the agent. */
export interface RemoteFile {
  /** `write`: made or emptied; `continue`: as it is, to go on behind what is there. */
  open(mode: 'read' | 'write' | 'continue'): Promise<OpenFile>;
}

export interface OpenFile {
  /** Requests that are made one after another arrive in this order. */
  write(offset: number, bytes: Buffer): Promise<void>;
  /** At least one byte and at most `length`; none behind the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}
