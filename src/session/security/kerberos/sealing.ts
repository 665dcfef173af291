import type { Sealed } from '../context.ts';
import { SecurityError } from '../security-error.ts';
import { failure, isError } from './failure.ts';
import type { Gssapi, GssBuffer, Handle, Out } from './gssapi.ts';

/** Bytes of a token's header (RFC 4121 4.2.6.2), and of what goes before the data when it is encrypted. */
const headerLength = 16;
const confounderLength = 16;

/** Seals one message under an established context. */
export function sealWith(gss: Gssapi, context: Handle, message: Buffer): Sealed {
  const minor: Out<number> = [0];
  const output: GssBuffer = {};
  const major = gss.wrap(minor, context, 1, 0, asBuffer(message), null, output);
  const token = gss.take(output);
  if (isError(major) || !token) throw failure(gss, 'a message cannot be sealed', major, minor[0]);
  return splitToken(token, message.length);
}

/** Opens one message. Throws SecurityError for one that was altered, cut, out of turn, or signed without being sealed. */
export function openWith(gss: Gssapi, context: Handle, { signature, data }: Sealed): Buffer {
  const minor: Out<number> = [0];
  const output: GssBuffer = {};
  const sealed: Out<number> = [0];
  const major = gss.unwrap(minor, context, asBuffer(Buffer.concat([signature, data])), output, sealed, null);
  const message = gss.take(output) ?? Buffer.alloc(0);
  // Remarks of the lower bits tell of a message that is old, doubled, or before its turn.
  if (major !== 0 || sealed[0] === 0)
    throw new SecurityError('altered', 'a sealed message was altered or cut, or came out of turn');
  return message;
}

/**
 * A token of gss_wrap as Windows sends it: what belongs to the signature in front, the data as long as the message behind it. The end of
 * the token, as long as its field RRC then says, comes to stand behind the header (RFC 4121 4.2.5), so that
 * confounder and data are last. Tokens of RC4 (RFC 4757) are in that order already, and end in a byte of padding.
 */
export function splitToken(token: Buffer, length: number): Sealed {
  if (token[0] === 0x60) {
    const start = token.length - length - 1;
    return { signature: token.subarray(0, start), data: token.subarray(start) };
  }
  const header = Buffer.from(token.subarray(0, headerLength));
  const turned = token.length - headerLength - confounderLength - length;
  header.writeUInt16BE(turned, 6);
  const end = token.length - turned;
  const start = end - length;
  return {
    signature: Buffer.concat([header, token.subarray(end), token.subarray(headerLength, start)]),
    data: token.subarray(start, end),
  };
}

export function asBuffer(bytes: Buffer | undefined): GssBuffer {
  return bytes && bytes.length > 0 ? { length: bytes.length, value: bytes } : { length: 0, value: null };
}
