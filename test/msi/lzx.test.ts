import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { BuildError } from '../../src/errors.ts';
import { bytesSource } from '../../src/msi/bytes/source.ts';
import { openCabinet, UnsupportedCabinet } from '../../src/msi/cabinet/read-cabinet.ts';
import { whole } from '../extent.ts';
import { lzxCabinet, numbersFrom } from './lzx-cabinet.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-lzx-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** All that is unpacked. */
function unpacked(cabinet: Buffer): Buffer {
  const parts: Buffer[] = [];
  openCabinet(bytesSource(cabinet)).extract((_, bytes) => parts.push(Buffer.from(bytes)));
  return Buffer.concat(parts);
}

/** Text with repetitions near and far, and calls with targets of every kind. */
function aProgram(size: number, seed: number): Buffer {
  const random = numbersFrom(seed);
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; ) {
    const length = 1 + random(40);
    const back = random(3) > 0 && at > 2000 ? 1 + random(1999) : 0;
    for (let end = Math.min(size, at + length); at < end; at++)
      bytes[at] = back ? (bytes[at - back] ?? 0) : random(64);
    if (random(6) === 0 && at + 5 < size) {
      bytes[at] = 0xe8;
      bytes.writeInt32LE([random(size), -random(size), 2 ** 30, -(2 ** 30)][random(4)] ?? 0, at + 1);
      at += 5;
    }
  }
  return bytes;
}

const judge = spawnSync('cabextract', ['--version']).status === 0;

describe('cabinets of LZX (msi rows 14 and 15)', () => {
  test.each([
    ['one frame', 20_000, 0, 1],
    ['several frames, all kinds of blocks', 150_001, 0, 2],
    ['calls that are translated', 150_000, 150_000, 3],
    ['calls of a file that is longer', 70_002, 12_000_000, 4],
    ['a few bytes', 9, 9, 5],
  ])('%s', (_, size, fileSize, seed) => {
    const plain = aProgram(size, seed);
    const cabinet = lzxCabinet('a.bin', plain, numbersFrom(seed), fileSize);
    const md5 = createHash('md5').update(plain).digest('hex');
    // What is written is LZX to a program of others, too.
    if (judge) {
      const path = join(folder, `${seed}.cab`);
      writeFileSync(path, cabinet);
      expect(spawnSync('cabextract', ['-t', path], { encoding: 'utf8' }).stdout).toContain(md5);
    }
    expect(unpacked(cabinet).equals(plain)).toBe(true);
  });

  test('a changed byte ends in an error or in other bytes, and never in anything else', () => {
    const plain = aProgram(40_000, 6);
    const cabinet = lzxCabinet('a.bin', plain, numbersFrom(6));
    const random = numbersFrom(7);
    for (let round = 0; round < (whole ? 400 : 20); round++) {
      const broken = Buffer.from(cabinet);
      const at = 60 + random(broken.length - 60);
      broken[at] = (broken[at] ?? 0) ^ (1 + random(255));
      try {
        expect(unpacked(broken)).toHaveLength(plain.length);
      } catch (error) {
        expect(error).toBeInstanceOf(BuildError);
        expect(error).not.toBeInstanceOf(UnsupportedCabinet);
      }
    }
  });

  test('Quantum is said to be that', () => {
    const cabinet = lzxCabinet('a.bin', aProgram(100, 8), numbersFrom(8));
    cabinet.writeUInt16LE(0x0f02, 42);
    expect(() => unpacked(cabinet)).toThrow('compressed with Quantum, which oriel does not read');
  });
});
