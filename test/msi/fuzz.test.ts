import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BuildError } from '../../src/errors.ts';
import { buildMsi } from '../../src/msi/build.ts';
import { describePackage } from '../../src/msi/inspect.ts';
import { lintPackage } from '../../src/msi/lint/index.ts';
import { readDatabase } from '../../src/msi/read.ts';
import { bytesSource } from '../../src/msi/source.ts';
import { aModel, textFile } from './a-model.ts';

/** More with ORIEL_FUZZ=100000; that many take some minutes. */
const count = Number(process.env.ORIEL_FUZZ ?? 500);
/** Microseconds of processor time for one file, far above what a sound one takes. */
const longest = 1_000_000;

/** Numbers that follow from a seed, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Bits flipped, numbers put in that break sizes and chains, parts copied over others, the end cut off. */
function mutate(sound: Buffer, seed: number): Buffer {
  const next = random(seed);
  const bytes = Buffer.from(sound);
  const numbers = [
    0,
    1,
    2,
    0x7fffffff,
    0x80000000,
    0xfffffffc,
    0xfffffffe,
    0xffffffff,
    bytes.length,
    next(2 ** 32),
  ];
  for (let i = next(6) + 1; i > 0; i--) {
    // Half of the damage goes into the header, the directory and the tables of sectors, where it hurts most.
    const at = next(2) ? next(bytes.length - 4) : next(2) ? next(508) : bytes.length - 4 - next(3000);
    const kind = next(4);
    if (kind === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << next(8));
    else if (kind === 1) bytes.writeUInt32LE(numbers[next(numbers.length)] ?? 0, at);
    else if (kind === 2) bytes.writeUInt16LE(next(65_536), at);
    else bytes.copy(bytes, at, next(bytes.length - 600), next(bytes.length));
  }
  return next(10) === 0 ? bytes.subarray(0, next(bytes.length)) : bytes;
}

describe('reading damaged packages', () => {
  let directory: string;
  let sound: Buffer;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'oriel-fuzz-'));
    const path = join(directory, 'sound.msi');
    const files = Array.from({ length: 30 }, (_, i) =>
      textFile(`lib/part ${i}.py`, `x = ${i}\n`.repeat(i * 20)),
    );
    await buildMsi(aModel({ files }), path);
    sound = readFileSync(path);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test(`${count} files: an answer or a BuildError, soon`, () => {
    let refused = 0;
    for (let seed = 1; seed <= count; seed++) {
      const bytes = mutate(sound, seed);
      const started = process.cpuUsage();
      try {
        const database = readDatabase(bytesSource(bytes));
        for (const stream of database.streams.values()) stream.read();
        describePackage(database);
        lintPackage(database);
      } catch (error) {
        refused++;
        if (!(error instanceof BuildError)) throw new Error(`seed ${seed}`, { cause: error });
      }
      const { user, system } = process.cpuUsage(started);
      if (user + system > longest) throw new Error(`seed ${seed} took ${user + system} microseconds`);
    }
    // Damage that is never noticed would mean that nothing is looked at.
    expect(refused).toBeGreaterThan(count / 10);
    expect(refused).toBeLessThan(count);
  }, 3_600_000);
});
