/** Windows-1252 or UTF-8: the two code pages of databases that this compiler writes. */
export type Codepage = 1252 | 65001;

/** Windows-1252 from 0x80 to 0x9f; the rest is as in Unicode. Node's decoder of that name reads these as ISO 8859-1. */
const upper =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';
const westernText = Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 && byte < 0xa0 ? upper.charAt(byte - 0x80) : String.fromCharCode(byte),
);
const latin = new Map(westernText.map((character, byte) => [character, byte]));

/** The same bytes in Windows-1252 and ISO 8859-1, which Node encodes fast. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const plain = /^[\u0000-\u007f\u00a0-\u00ff]*$/;

/** 1252 when every text fits into it (what every Windows reads), else 65001. */
export function chooseCodepage(texts: Iterable<string>): Codepage {
  for (const text of texts) {
    if (plain.test(text)) continue;
    for (const character of text) if (!latin.has(character)) return 65001;
  }
  return 1252;
}

/** Bytes of `text`; characters outside 1252 become `?` there, so choose the code page first. */
export function encodeText(text: string, codepage: Codepage): Buffer {
  if (codepage === 65001) return Buffer.from(text, 'utf8');
  if (plain.test(text)) return Buffer.from(text, 'latin1');
  const bytes = Buffer.alloc(text.length);
  let length = 0;
  for (const character of text) bytes[length++] = latin.get(character) ?? 0x3f;
  return bytes.subarray(0, length);
}

/** Writes `text` at `offset` as `encodeText` gives it, and tells how many bytes it has. */
export function writeText(into: Buffer, offset: number, text: string, codepage: Codepage): number {
  if (codepage === 65001) return into.write(text, offset, 'utf8');
  if (plain.test(text)) return into.write(text, offset, 'latin1');
  return encodeText(text, codepage).copy(into, offset);
}

const labels: Readonly<Record<number, string>> = {
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1250: 'windows-1250',
  1251: 'windows-1251',
  1253: 'windows-1253',
  1254: 'windows-1254',
  1255: 'windows-1255',
  1256: 'windows-1256',
  1257: 'windows-1257',
  1258: 'windows-1258',
  65001: 'utf-8',
};
const decoders = new Map(
  Object.entries(labels).map(([codepage, label]) => [
    Number(codepage),
    new TextDecoder(label, { ignoreBOM: true }),
  ]),
);

/** Bytes that are other characters in Windows-1252 than in ISO 8859-1. */
const upperBytes = /[\u0080-\u009f]/g;

/** Text of bytes in any code page that has a decoder here; unknown ones are read as Windows-1252. */
export function decodeText(bytes: Uint8Array, codepage: number): string {
  const decoder = decoders.get(codepage);
  if (decoder) return decoder.decode(bytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  // Not character by character: a text that is put together so takes thirty times the memory until somebody looks into it.
  return text.replace(upperBytes, (byte) => westernText[byte.charCodeAt(0)] ?? byte);
}
