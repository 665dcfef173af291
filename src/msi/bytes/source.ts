import { fstatSync, readSync } from 'node:fs';

/** Bytes that can be read at any place: an open file or a buffer. A read behind the end gives fewer bytes. */
export interface ByteSource {
  readonly size: number;
  readonly read: (offset: number, length: number) => Buffer;
}

/** Reads at any place of an open file. */
export function fileSource(fd: number): ByteSource {
  const { size } = fstatSync(fd);
  return {
    size,
    read(offset, length) {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      const count = bytes.length > 0 ? readSync(fd, bytes, 0, bytes.length, offset) : 0;
      return bytes.subarray(0, count);
    },
  };
}

/** Bytes in memory as a source. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    size: bytes.length,
    read: (offset, length) => buffer.subarray(offset, offset + Math.max(0, length)),
  };
}
