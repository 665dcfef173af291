import { chooseCodepage, decodeText, encodeText } from './codepage.ts';

/** Code pages of Windows in the order in which they are tried: those of one byte first. */
const singleByte = [1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258];
const doubleByte = [932, 936, 949, 950];

/** How a code page spells a text; undefined where it lacks a character. */
type Encoder = (text: string) => Buffer | undefined;

/**
 * The ANSI code page of a summary information stream, and how texts are spelled there: 1252 where it has all characters, else the first
 * one that has, else 1252 with `?` in place of what it lacks. A database may be UTF-8, this stream may not: Windows Installer then
 * refuses the package. Source: Windows Installer SDK, "Codepage Summary Property".
 */
export function ansiCodepage(texts: readonly string[]): {
  readonly codepage: number;
  readonly encode: (text: string) => Buffer;
} {
  const western = (text: string) => encodeText(text, 1252);
  if (chooseCodepage(texts) === 1252) return { codepage: 1252, encode: western };
  for (const codepage of [...singleByte, ...doubleByte]) {
    const encode = encoderOf(codepage);
    if (texts.every((text) => encode(text) !== undefined))
      return { codepage, encode: (text) => encode(text) ?? western(text) };
  }
  return { codepage: 1252, encode: western };
}

/** The inverse of what decodes the code page here, so that what was written is read as the same. */
function encoderOf(codepage: number): Encoder {
  const bytesOf = new Map<string, readonly number[]>();
  const learn = (...bytes: number[]) => {
    const text = decodeText(Uint8Array.from(bytes), codepage);
    // One character, a known one, and not an ASCII sign that a wrong pair was taken for.
    if ([...text].length === 1 && text !== '\ufffd' && !bytesOf.has(text)) bytesOf.set(text, bytes);
  };
  for (let byte = 0; byte < 256; byte++) if (byte < 128 || codepage >= 1250 || codepage === 932) learn(byte);
  if (codepage < 1250)
    for (let lead = 0x81; lead < 0xff; lead++)
      for (let trail = 0x40; trail < 0xff; trail++) learn(lead, trail);
  return (text) => {
    const bytes = [...text].map((character) => bytesOf.get(character));
    return bytes.includes(undefined) ? undefined : Buffer.from(bytes.flatMap((own) => own ?? []));
  };
}
