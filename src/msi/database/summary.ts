import { BuildError } from '../../errors.ts';
import { ansiCodepage } from './ansi-codepage.ts';
import { decodeText } from './codepage.ts';

/** Property ids of the summary information that Windows Installer knows. */
export const summaryIds = {
  codepage: 1,
  title: 2,
  subject: 3,
  author: 4,
  keywords: 5,
  comments: 6,
  template: 7,
  lastSavedBy: 8,
  revision: 9,
  lastPrinted: 11,
  created: 12,
  lastSaved: 13,
  pages: 14,
  words: 15,
  characters: 16,
  application: 18,
  security: 19,
} as const;
export type SummaryName = keyof typeof summaryIds;
/** Dates are `Date`s, the other values as they are. */
export type Summary = { readonly [name in SummaryName]?: string | number | Date };

export const summaryStream = '\u0005SummaryInformation';
const formatId = Buffer.from('e0859ff2f94f6810ab9108002b27b3d9', 'hex');
const vtI2 = 2;
const vtI4 = 3;
const vtText = 30;
const vtTime = 64;
/** Seconds from 1601 (FILETIME) to 1970. */
const toUnix = 11_644_473_600n;

/** A property set stream [MS-OLEPS] with the one section that Windows Installer reads. The code page is that of its own texts. */
export function encodeSummary(summary: Summary): Buffer {
  const texts = Object.values(summary).filter((value) => typeof value === 'string');
  const { codepage, encode } = ansiCodepage(texts);
  const names = Object.keys(summaryIds) as SummaryName[];
  const values = names.flatMap((name) => {
    const value = name === 'codepage' ? codepage : summary[name];
    return value === undefined ? [] : [{ id: summaryIds[name], bytes: encodeValue(name, value, encode) }];
  });
  const section = Buffer.alloc(8 + 8 * values.length);
  let offset = section.length;
  values.forEach(({ id, bytes }, i) => {
    section.writeUInt32LE(id, 8 + 8 * i);
    section.writeUInt32LE(offset, 12 + 8 * i);
    offset += bytes.length;
  });
  section.writeUInt32LE(offset, 0);
  section.writeUInt32LE(values.length, 4);
  const header = Buffer.alloc(48);
  header.writeUInt16LE(0xfffe, 0);
  // Windows (2), version 5.0: what other package makers write; nothing reads it.
  header.writeUInt32LE(0x0002_0005, 4);
  header.writeUInt32LE(1, 24);
  formatId.copy(header, 28);
  header.writeUInt32LE(48, 44);
  return Buffer.concat([header, section, ...values.map(({ bytes }) => bytes)]);
}

function encodeValue(
  name: SummaryName,
  value: string | number | Date,
  encode: (text: string) => Buffer,
): Buffer {
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(name === 'codepage' ? vtI2 : vtI4, 0);
    bytes.writeUInt32LE(value, 4);
    return bytes;
  }
  if (value instanceof Date) {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt32LE(vtTime, 0);
    bytes.writeBigUInt64LE((BigInt(Math.trunc(value.getTime() / 1000)) + toUnix) * 10_000_000n, 4);
    return bytes;
  }
  const text = encode(`${value}\0`);
  const bytes = Buffer.alloc(8 + Math.ceil(text.length / 4) * 4);
  bytes.writeUInt32LE(vtText, 0);
  bytes.writeUInt32LE(text.length, 4);
  text.copy(bytes, 8);
  return bytes;
}

/** Reads the summary information; unknown ids and types are left out. Throws BuildError on offsets outside the stream. */
export function decodeSummary(stream: Buffer): Summary {
  try {
    const start = stream.readUInt32LE(44);
    const count = Math.min(stream.readUInt32LE(start + 4), 1000);
    const raw = new Map<number, number>();
    for (let i = 0; i < count; i++)
      raw.set(stream.readUInt32LE(start + 8 + 8 * i), start + stream.readUInt32LE(start + 12 + 8 * i));
    const codepageAt = raw.get(summaryIds.codepage);
    const codepage = codepageAt === undefined ? 1252 : stream.readUInt16LE(codepageAt + 4);
    const entries = Object.entries(summaryIds).flatMap(([name, id]) => {
      const at = raw.get(id);
      const value = at === undefined ? undefined : decodeValue(stream, at, codepage);
      return value === undefined ? [] : [[name, value] as const];
    });
    return Object.fromEntries(entries);
  } catch (cause) {
    throw new BuildError('the summary information of the package is damaged', undefined, { cause });
  }
}

function decodeValue(stream: Buffer, at: number, codepage: number): string | number | Date | undefined {
  const type = stream.readUInt32LE(at);
  if (type === vtI2) return stream.readUInt16LE(at + 4);
  if (type === vtI4) return stream.readInt32LE(at + 4);
  if (type === vtTime) return new Date(Number(stream.readBigUInt64LE(at + 4) / 10_000n - toUnix * 1000n));
  if (type !== vtText) return undefined;
  const length = stream.readUInt32LE(at + 4);
  const end = at + 8 + length;
  if (end > stream.length) throw new BuildError(`a summary text of ${length} bytes ends behind its stream`);
  return decodeText(stream.subarray(at + 8, end), codepage).replace(/\0.*$/s, '');
}
