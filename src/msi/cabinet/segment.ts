/** A block of a cabinet holds at most this many plain bytes; it is also the window of the next block's dictionary. */
export const blockBytes = 32_768;

/** Bytes of one folder that follow each other, whole blocks but at the end: what is compressed, and cached, together. */
export interface Segment {
  readonly plain: Buffer;
  /** The plain block before the first one; absent at the start of a folder. */
  readonly dictionary: Buffer | undefined;
}
