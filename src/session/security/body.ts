import type { Sealed, SecurityContext } from './context.ts';
import { SecurityError } from './security-error.ts';

/** A sealed SOAP message as it is sent: the value of `Content-Type`, and the body, bytes all the way. */
export interface SealedBody {
  readonly contentType: string;
  readonly body: Buffer;
}

const boundary = 'Encrypted Boundary';

/**
 * Seals one SOAP message in UTF-8 as `multipart/encrypted` ([MS-WSMV] 2.2.9.1). It is one part whatever its size: parts of 16 KiB are
 * for CredSSP alone (as in the sources of pywinrm and pypsrp). The tabs and the missing empty lines are Windows' own.
 */
export async function sealBody(context: SecurityContext, message: Buffer): Promise<SealedBody> {
  const { signature, data } = await context.seal(message);
  const protocol = protocolOf(context.scheme);
  const head = [
    `--${boundary}`,
    `\tContent-Type: ${protocol}`,
    // A cipher that pads counts its padding: the field says how long what follows the signature is.
    `\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=${data.length}`,
    `--${boundary}`,
    '\tContent-Type: application/octet-stream',
    '',
  ].join('\r\n');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(signature.length);
  return {
    contentType: `multipart/encrypted;protocol="${protocol}";boundary="${boundary}"`,
    body: Buffer.concat([Buffer.from(head), length, signature, data, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

/**
 * Opens what `sealBody` or Windows sealed. Everything is found by its place, as the ciphertext may hold any bytes, those of the boundary
 * too. Throws SecurityError for a body that is not sealed, or was altered or cut; the context is of no use after it.
 * @param contentType the value of the header; absent where there is none
 */
export async function openBody(
  context: SecurityContext,
  contentType: string | undefined,
  body: Buffer,
): Promise<Buffer> {
  checkType(context.scheme, contentType ?? '');
  const { sealed, length } = splitBody(contentType ?? '', body);
  const message = await context.open(sealed);
  if (message.length !== length && sealed.data.length !== length) throw cut();
  return message;
}

/** Whether a body claims to be sealed. */
export function isSealed(contentType: string | undefined): boolean {
  return /^\s*multipart\/encrypted\s*(;|$)/i.test(contentType ?? '');
}

function protocolOf(scheme: SecurityContext['scheme']): string {
  return `application/HTTP-${scheme === 'Kerberos' ? 'Kerberos' : 'SPNEGO'}-session-encrypted`;
}

function checkType(scheme: SecurityContext['scheme'], contentType: string): void {
  if (!isSealed(contentType))
    throw new SecurityError(
      'altered',
      'a message came in clear where both ends seal theirs',
      'nothing in it was used; somebody between the node and this machine may have written it',
    );
  const protocol = parameter(contentType, 'protocol');
  if (protocol?.toLowerCase() !== protocolOf(scheme).toLowerCase())
    throw new SecurityError('altered', `a message is sealed for ${scheme}, and says otherwise`);
}

function parameter(contentType: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;"\\s]*))`, 'i').exec(contentType);
  return found?.[1] ?? found?.[2];
}

/** Longer lines are no head of ours. */
const longestLine = 1_000;

/** The signature, the ciphertext and the length that is told, each from its place in the body. */
function splitBody(contentType: string, body: Buffer): { sealed: Sealed; length: number } {
  const name = parameter(contentType, 'boundary') ?? boundary;
  const reader = lineReader(body);
  const delimiter = reader.line();
  // Exchange writes a space after the dashes.
  const dashes = [`--${name}`, `-- ${name}`].find((one) => one === delimiter);
  if (dashes === undefined) throw cut();
  let length: number | undefined;
  for (let line = reader.line(); line !== dashes; line = reader.line()) length ??= toldLength(line);
  reader.line();
  const content = body.subarray(reader.at(), endOfContent(body, dashes));
  if (length === undefined || content.length < 4) throw cut();
  const start = 4 + content.readUInt32LE(0);
  if (start > content.length) throw cut();
  return { length, sealed: { signature: content.subarray(4, start), data: content.subarray(start) } };
}

function toldLength(line: string): number | undefined {
  const told = /^\s*OriginalContent\s*:.*;\s*Length\s*=\s*(\d{1,9})\s*(;|$)/i.exec(line)?.[1];
  return told === undefined ? undefined : Number(told);
}

/** Lines from the beginning, without their CRLF. */
function lineReader(body: Buffer): { line: () => string; at: () => number } {
  let at = 0;
  return {
    at: () => at,
    line: () => {
      const end = body.indexOf('\r\n', at, 'latin1');
      if (end < 0 || end - at > longestLine) throw cut();
      const line = body.toString('latin1', at, end);
      at = end + 2;
      return line;
    },
  };
}

/** Where the closing boundary begins, at the very end of the body. */
function endOfContent(body: Buffer, dashes: string): number {
  for (const closing of [`${dashes}--\r\n`, `${dashes}--`]) {
    const start = body.length - closing.length;
    if (start >= 0 && body.toString('latin1', start) === closing) return start;
  }
  throw cut();
}

function cut(): SecurityError {
  return new SecurityError('altered', 'a sealed message was altered or cut');
}
