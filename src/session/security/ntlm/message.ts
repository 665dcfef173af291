import { SecurityError } from '../security-error.ts';

const signature = Buffer.from('NTLMSSP\0', 'latin1');

/** Of `VERSION`: what Windows Server 2019 says of itself, and revision 15 of NTLM ([MS-NLMP] 2.2.2.10). */
export const version = Buffer.from([10, 0, 0x63, 0x45, 0, 0, 0, 15]);

/** The head of an NTLM message of `length` bytes, its other fields 0. */
export function newMessage(type: 1 | 2 | 3, length: number): Buffer {
  const message = Buffer.alloc(length);
  signature.copy(message);
  message.writeUInt32LE(type, 8);
  return message;
}

/** Whether a token is NTLM, without SPNEGO around it. */
export function isNtlm(token: Buffer): boolean {
  return token.subarray(0, 8).equals(signature);
}

/** Throws SecurityError where a token is not an NTLM message of a type, with at least `length` bytes of fields. */
export function checkMessage(token: Buffer, type: 1 | 2 | 3, length: number): void {
  if (!isNtlm(token) || token.length < length || token.readUInt32LE(8) !== type)
    throw new SecurityError('token', `an NTLM message of type ${type} is expected, and something else came`);
}

/** What a field of 8 bytes (length, length again, offset) points to. Throws SecurityError where that is outside the message. */
export function readField(message: Buffer, at: number): Buffer {
  const start = message.readUInt32LE(at + 4);
  const end = start + message.readUInt16LE(at);
  if (end > message.length) throw new SecurityError('token', 'an NTLM message is shorter than its fields');
  return message.subarray(start, end);
}

/** A message and the payload that its fields, given by their positions, point to. */
export function withPayload(
  message: Buffer,
  fields: readonly (readonly [at: number, value: Buffer])[],
): Buffer {
  let end = message.length;
  for (const [at, value] of fields) {
    message.writeUInt16LE(value.length, at);
    message.writeUInt16LE(value.length, at + 2);
    message.writeUInt32LE(end, at + 4);
    end += value.length;
  }
  return Buffer.concat([message, ...fields.map(([, value]) => value)]);
}

export function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}
