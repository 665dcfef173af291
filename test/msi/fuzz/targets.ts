import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildMsi } from '../../../src/msi/build/build.ts';
import { bytesSource } from '../../../src/msi/bytes/source.ts';
import { openCabinet } from '../../../src/msi/cabinet/read-cabinet.ts';
import { openCompound } from '../../../src/msi/compound/read-compound.ts';
import { decodeStreamName } from '../../../src/msi/database/stream-name.ts';
import { readPeVersion } from '../../../src/msi/layout/pe-version.ts';
import { lintPackage } from '../../../src/msi/lint/index.ts';
import { diffPackages } from '../../../src/msi/read/diff.ts';
import { describePackage } from '../../../src/msi/read/inspect.ts';
import { readDatabase } from '../../../src/msi/read/read.ts';
import { textFile, withService } from '../a-model.ts';
import type { Part } from './damage.ts';

/** A sound file, the parts of it that are damaged, and the reader of the damaged ones. */
export interface Target {
  readonly name: string;
  readonly sound: Buffer;
  readonly parts: readonly Part[];
  readonly read: (bytes: Buffer) => unknown;
}

/** What is aimed at: every layer of a package on its own, so that damage above does not hide what is below. `program` is a Windows program with a version. */
export async function makeTargets(program: Buffer): Promise<readonly Target[]> {
  const sound = await soundPackage(program);
  const { streams } = openCompound(bytesSource(sound));
  const partOf = (wanted: (name: string) => boolean): Part[] =>
    [...streams.values()]
      .filter(({ name }) => wanted(decodeStreamName(name).name))
      .map((stream) => stream.read())
      .map((bytes) => [sound.indexOf(bytes), sound.indexOf(bytes) + bytes.length]);
  const tables = [...streams.keys()].map(decodeStreamName).flatMap(({ name, table }) => (table ? name : []));
  const ofPackage = (name: string, parts: readonly Part[]) => ({ name, sound, parts, read: readPackage });
  const cabinet = Buffer.from(streams.get([...streams.keys()].find(isCabinet) ?? '')?.read() ?? []);
  const version = program.indexOf(Buffer.from('VS_VERSION_INFO', 'utf16le'));
  return [
    ofPackage('compound file', [
      [0, 512],
      [sound.length - 3000, sound.length],
    ]),
    ofPackage('anywhere', [[0, sound.length]]),
    ofPackage(
      'string pool',
      partOf((name) => /^_String(Pool|Data)$/.test(name)),
    ),
    ofPackage(
      'descriptions of tables',
      partOf((name) => /^_(Tables|Columns)$/.test(name)),
    ),
    ofPackage(
      'tables',
      partOf((name) => tables.includes(name) && !name.startsWith('_')),
    ),
    ofPackage(
      'summary information',
      partOf((name) => name === '\u0005SummaryInformation'),
    ),
    {
      name: 'cabinet',
      sound: cabinet,
      parts: [
        [0, 2000],
        [0, cabinet.length],
      ],
      read: readCabinet,
    },
    { name: 'blocks', sound: withoutChecksums(cabinet), parts: [[0, cabinet.length]], read: readCabinet },
    {
      name: 'program',
      sound: program,
      parts: [
        [0, 700],
        [version - 700, version + 900],
      ],
      read: (bytes) => readPeVersion(bytesSource(bytes)),
    },
  ];
}

async function soundPackage(program: Buffer): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-fuzz-'));
  try {
    const path = join(folder, 'sound.msi');
    const { files, ...rest } = withService();
    const texts = Array.from({ length: 30 }, (_, i) =>
      textFile(`lib/part ${i}.py`, `x = ${i}\n`.repeat(i * 20)),
    );
    const service = { source: 'program', target: 'bin/service.exe', content: program };
    const others = files.filter(({ target }) => target !== service.target);
    await buildMsi({ ...rest, files: [service, ...others, ...texts] }, path);
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const isCabinet = (name: string) => decodeStreamName(name).name.endsWith('.cab');

/** All that `oriel msi` does with a package of somebody else. */
export function readPackage(bytes: Buffer): void {
  const database = readDatabase(bytesSource(bytes));
  for (const stream of database.streams.values()) stream.read();
  describePackage(database);
  lintPackage(database);
  diffPackages(database, database);
}

function readCabinet(bytes: Buffer): void {
  openCabinet(bytesSource(bytes)).extract(() => {});
}

/** A checksum of zero is none: damage gets as far as what unpacks the blocks. */
function withoutChecksums(cabinet: Buffer): Buffer {
  const bytes = Buffer.from(cabinet);
  for (let folder = bytes.readUInt16LE(26); folder > 0; folder--) {
    const entry = 36 + 8 * (folder - 1);
    let at = bytes.readUInt32LE(entry);
    for (let block = bytes.readUInt16LE(entry + 4); block > 0; block--) {
      bytes.writeUInt32LE(0, at);
      at += 8 + bytes.readUInt16LE(at + 4);
    }
  }
  return bytes;
}
