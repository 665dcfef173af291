/** Windows-1252 or UTF-8: the two code pages this compiler writes. */
export type Codepage = 1252 | 65001;

const latin = new Map<string, number>();
const western = new TextDecoder('windows-1252');
for (let byte = 0; byte < 256; byte++) latin.set(western.decode(Uint8Array.of(byte)), byte);

/** 1252 when every text fits into it (what every Windows reads), else 65001. */
export function chooseCodepage(texts: Iterable<string>): Codepage {
  for (const text of texts) for (const character of text) if (!latin.has(character)) return 65001;
  return 1252;
}

/** Bytes of `text`; characters outside 1252 become `?` there, so choose the code page first. */
export function encodeText(text: string, codepage: Codepage): Buffer {
  if (codepage === 65001) return Buffer.from(text, 'utf8');
  const bytes = Buffer.alloc(text.length);
  let length = 0;
  for (const character of text) bytes[length++] = latin.get(character) ?? 0x3f;
  return bytes.subarray(0, length);
}

const decoders = new Map<number, typeof western>();

/** Text of bytes in any code page that has a decoder here; unknown ones are read as Windows-1252. */
export function decodeText(bytes: Uint8Array, codepage: number): string {
  let decoder = decoders.get(codepage);
  if (!decoder) {
    decoder = new TextDecoder(labels[codepage] ?? 'windows-1252');
    decoders.set(codepage, decoder);
  }
  return decoder.decode(bytes);
}

const labels: Readonly<Record<number, string>> = {
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1250: 'windows-1250',
  1251: 'windows-1251',
  1252: 'windows-1252',
  1253: 'windows-1253',
  1254: 'windows-1254',
  1255: 'windows-1255',
  1256: 'windows-1256',
  1257: 'windows-1257',
  1258: 'windows-1258',
  65001: 'utf-8',
};
