import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bytesSource, fileSource } from '../../src/msi/bytes/source.ts';
import { packageClass } from '../../src/msi/compound/compound.ts';
import { openCompound } from '../../src/msi/compound/read-compound.ts';
import { finishCompound } from '../../src/msi/compound/write-compound.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'oriel-compound-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const fill = (size: number, seed: number) =>
  Buffer.alloc(size, Buffer.from([seed, seed + 1, seed + 2, 7, 9]));

function write(placedBytes: Buffer, streams: { name: string; bytes: Buffer }[]): Buffer {
  const fd = openSync(join(directory, 'file'), 'w+');
  try {
    const placed = placedBytes.length > 0 ? [{ name: 'placed', offset: 512, size: placedBytes.length }] : [];
    if (placedBytes.length > 0) writeSync(fd, placedBytes, 0, placedBytes.length, 512);
    const size = finishCompound(fd, 512 + placedBytes.length, placed, streams);
    const source = fileSource(fd);
    expect(source.size).toBe(size);
    return source.read(0, size);
  } finally {
    closeSync(fd);
  }
}

describe('compound file', () => {
  // Around every border: nothing, mini sectors, the cutoff, sectors; 8 MB needs sectors that list the allocation tables.
  test.each([0, 5000, 8_000_000])('%i bytes in place and streams of all sizes come back', (placedSize) => {
    const sizes = [0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097, 70_000];
    const streams = sizes.map((size, i) => ({ name: `stream ${i}`, bytes: fill(size, i) }));
    const placed = fill(placedSize, 200);
    const compound = openCompound(bytesSource(write(placed, streams)));
    expect(compound.rootClass.equals(packageClass)).toBe(true);
    expect(compound.streams.size).toBe(streams.length + (placedSize > 0 ? 1 : 0));
    for (const { name, bytes } of streams)
      expect(compound.streams.get(name)?.read().equals(bytes), name).toBe(true);
    if (placedSize > 0) {
      expect(compound.streams.get('placed')?.read().equals(placed)).toBe(true);
      const part = compound.streams.get('placed')?.read(1000, 3000);
      expect(part?.equals(placed.subarray(1000, 4000))).toBe(true);
    }
  });

  test('names are found however many there are', () => {
    for (const count of [1, 2, 3, 7, 8, 100, 1000]) {
      const streams = Array.from({ length: count }, (_, i) => ({ name: `n${i}`, bytes: fill(3, i) }));
      const compound = openCompound(bytesSource(write(Buffer.alloc(0), streams)));
      expect([...compound.streams.keys()].sort()).toEqual(streams.map(({ name }) => name).sort());
    }
  });
});

describe('a damaged compound file is refused', () => {
  const sound = () => write(Buffer.alloc(0), [{ name: 'long', bytes: fill(10_000, 1) }]);
  const set32 = (value: number, at: number) => (bytes: Buffer) => {
    bytes.writeUInt32LE(value, at);
    return bytes;
  };
  const damages: [string, (bytes: Buffer) => Buffer, RegExp][] = [
    ['an empty file', () => Buffer.alloc(0), /does not start like one/],
    ['another kind of file', (bytes) => bytes.fill(0, 0, 8), /does not start like one/],
    ['a version from the future', set32(9, 26), /version 9/],
    ['too many tables', set32(1 << 30, 44), /sectors of allocation table/],
    ['a table outside', set32(1 << 20, 76), /allocation table in sector/],
    ['a directory outside', set32(1 << 20, 48), /leaves the file/],
    ['a cut file', (bytes) => bytes.subarray(0, 3000), /not a sound compound file/],
  ];
  test.each(damages)('%s', (_, damage, message) => {
    expect(() => {
      for (const stream of openCompound(bytesSource(damage(sound()))).streams.values()) stream.read();
    }).toThrow(message);
  });

  test('a directory whose chain is a circle', () => {
    const bytes = sound();
    const directorySector = bytes.readUInt32LE(48);
    const fatSector = bytes.readUInt32LE(76);
    bytes.writeUInt32LE(directorySector, (fatSector + 1) * 512 + 4 * directorySector);
    expect(() => openCompound(bytesSource(bytes))).toThrow(/circle/);
  });

  test('streams that share sectors', () => {
    const streams = ['a', 'b', 'c'].map((name) => ({ name, bytes: fill(100_000, 1) }));
    const bytes = write(Buffer.alloc(0), streams);
    const entry = (bytes.readUInt32LE(48) + 1) * 512 + 128;
    bytes.writeUInt32LE(bytes.length - 1000, entry + 120);
    expect(() => openCompound(bytesSource(bytes))).toThrow(/larger than the file/);
  });

  test('an entry that is its own neighbour', () => {
    const bytes = sound();
    const entry = (bytes.readUInt32LE(48) + 1) * 512 + 128;
    bytes.writeUInt32LE(1, entry + 68);
    expect(() => openCompound(bytesSource(bytes))).toThrow(/the directory is a circle/);
  });
});
