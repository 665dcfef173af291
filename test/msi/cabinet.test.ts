import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bytesSource } from '../../src/msi/bytes/source.ts';
import { evict, openBlockCache } from '../../src/msi/cabinet/block-cache.ts';
import { type CabinetFile, planCabinets, planFolders } from '../../src/msi/cabinet/cabinet-plan.ts';
import { checksum, deflateSegment } from '../../src/msi/cabinet/mszip.ts';
import { packer } from '../../src/msi/cabinet/pack.ts';
import { openCabinet } from '../../src/msi/cabinet/read-cabinet.ts';
import { dosTime, writeCabinet } from '../../src/msi/cabinet/write-cabinet.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'oriel-cabinet-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Letters that compress, different in every place. */
function text(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0, state = size; i < size; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[i] = 97 + ((state >>> 16) & 7);
  }
  return bytes;
}
/** Bytes that do not compress. */
function noise(size: number): Buffer {
  const parts = Array.from({ length: Math.ceil(size / 32) }, (_, i) =>
    createHash('sha256').update(`${i}`).digest(),
  );
  return Buffer.concat(parts).subarray(0, size);
}
const file = (key: string, content: Uint8Array): CabinetFile => ({
  key,
  source: key,
  content,
  size: content.length,
});

/** Sizes around every border of blocks, more than one segment of 64 blocks, and more than one folder. */
const files = [
  ...[0, 1, 32_767, 1, 32_768, 65_537, 0, 3_000_000, 9_000_000, 500].map((size, i) =>
    file(`f${i}`, text(size)),
  ),
  file('noise', noise(100_000)),
  file('text after noise', text(100_000)),
];

const contentOf = ({ content, source }: CabinetFile) => content ?? readFileSync(source);

interface Packing {
  readonly level?: number;
  readonly cache?: string;
  readonly given?: readonly CabinetFile[];
}

async function packInto(name: string, { level = 6, cache, given = files }: Packing) {
  const fd = openSync(join(directory, name), 'w');
  const blocks = cache === undefined ? undefined : openBlockCache(cache, level);
  const how = { pack: blocks?.pack ?? packer(level), epoch: 1_700_000_000, onProgress: () => {} };
  const { md5 } = await writeCabinet(fd, 0, given, how);
  closeSync(fd);
  blocks?.close();
  return { md5, bytes: readFileSync(join(directory, name)) };
}

async function pack(options: Packing = {}): Promise<Buffer> {
  const { md5, bytes } = await packInto('x.cab', options);
  const { given = files } = options;
  expect(md5).toEqual(given.map((one) => createHash('md5').update(contentOf(one)).digest('hex')));
  return bytes;
}

function unpack(bytes: Buffer): Map<string, Buffer> {
  const parts = new Map<string, Buffer[]>();
  openCabinet(bytesSource(bytes)).extract((entry, data) => {
    const own = parts.get(entry.name) ?? [];
    parts.set(entry.name, own);
    own.push(Buffer.from(data));
  });
  return new Map([...parts].map(([name, own]) => [name, Buffer.concat(own)]));
}

describe('cabinet', () => {
  test('files of all sizes come back, in order', async () => {
    const bytes = await pack();
    const back = unpack(bytes);
    expect([...back.keys()]).toEqual(files.map(({ key }) => key));
    for (const { key, content } of files)
      expect(back.get(key)?.equals(content ?? Buffer.alloc(0)), key).toBe(true);
    const [entry] = openCabinet(bytesSource(bytes)).entries;
    expect({ date: entry?.date, time: entry?.time }).toEqual(dosTime(1_700_000_000));
  });

  const hasGcab = spawnSync('which', ['gcab']).status === 0;
  test.skipIf(!hasGcab)('gcab reads it too (skipped: needs gcab)', async () => {
    await pack();
    const into = join(directory, 'gcab');
    mkdirSync(into);
    execFileSync('gcab', ['-x', '-C', into, join(directory, 'x.cab')], { stdio: 'ignore' });
    for (const { key, content } of files)
      expect(readFileSync(join(into, key)).equals(content ?? Buffer.alloc(0)), key).toBe(true);
  });

  test('a cache gives the same bytes, empty, full and damaged', async () => {
    const cache = join(directory, 'cache');
    const plain = await pack();
    expect((await pack({ cache })).equals(plain)).toBe(true);
    expect((await pack({ cache })).equals(plain)).toBe(true);
    const entries = execFileSync('ls', [cache], { encoding: 'utf8' }).trim().split('\n');
    expect(entries.length).toBeGreaterThan(3);
    for (const entry of entries) writeFileSync(join(cache, entry), 'damaged');
    expect((await pack({ cache })).equals(plain)).toBe(true);
  });

  test('a cache does not read what did not change, and sees what did', async () => {
    const cache = join(directory, 'known');
    const tree = Array.from({ length: 400 }, (_, i) => {
      const source = join(directory, `tree-${i}`);
      writeFileSync(source, text(20_000 + i));
      return { key: `f_${i}`, source, size: 20_000 + i };
    });
    // A file that changed just now is not remembered: it could change again and look the same.
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const plain = await pack({ given: tree });
    expect((await pack({ given: tree, cache })).equals(plain)).toBe(true);
    const memory = join(cache, 'files.json');
    const known = JSON.parse(readFileSync(memory, 'utf8'));
    expect(Object.keys(known)).toHaveLength(400);
    // What comes out now is what was remembered, not what was read.
    const [first, second] = [tree[0]?.source ?? '', tree[200]?.source ?? ''];
    known[first].md5 = known[second].md5 = 'remembered';
    writeFileSync(memory, JSON.stringify(known));
    writeFileSync(second, text(20_200).reverse());
    const again = await packInto('again.cab', { given: tree, cache });
    expect(again.md5[0]).toBe('remembered');
    expect(again.md5[200]).toBe(createHash('md5').update(text(20_200).reverse()).digest('hex'));
    expect(again.bytes.equals(await pack({ given: tree }))).toBe(true);
  });

  test('a cache drops what is old, and the oldest of what is too much', async () => {
    const cache = join(directory, 'old');
    await pack({ cache });
    const entries = () => readdirSync(cache).filter((name) => name.endsWith('.blocks'));
    const [first = '', second = ''] = entries();
    utimesSync(join(cache, first), 1, 1);
    evict(cache);
    expect(entries()).not.toContain(first);
    utimesSync(join(cache, second), new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    const bytes = entries().reduce((sum, name) => sum + statSync(join(cache, name)).size, 0);
    evict(cache, { bytes: bytes - 1, age: 3_600_000 });
    expect(entries()).not.toContain(second);
    expect(entries().length).toBeGreaterThan(0);
  });

  test('no block is longer than MSZIP allows, whatever is in it', async () => {
    const given = files.filter(({ size }) => size <= 100_000);
    for (const level of [0, 1, 5, 9]) {
      const bytes = await pack({ level, given });
      const back = unpack(bytes);
      for (const one of given) expect(back.get(one.key)?.equals(contentOf(one)), one.key).toBe(true);
    }
    const segment = { plain: noise(3 * 32_768), dictionary: undefined };
    for (const record of await deflateSegment(segment, 9))
      expect(record.length - 8).toBeLessThanOrEqual(32_768 + 12);
  });

  test('a changed bit is found', async () => {
    const bytes = await pack();
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 4;
    expect(() => unpack(bytes)).toThrow(/wrong checksum/);
    expect(() => unpack(bytes.subarray(0, 60_000))).toThrow(/damaged/);
    expect(() => unpack(Buffer.from('MZ'))).toThrow(/does not start like one/);
  });

  test('a file that changes while it is read fails the build', async () => {
    const source = join(directory, 'grows');
    writeFileSync(source, 'longer than planned');
    const fd = openSync(join(directory, 'y.cab'), 'w');
    const options = { pack: packer(6), epoch: 1_700_000_000, onProgress: () => {} };
    for (const size of [5, 500])
      await expect(writeCabinet(fd, 0, [{ key: 'f', source, size }], options)).rejects.toThrow(
        /changed while/,
      );
    closeSync(fd);
  });
});

test('checksum: words, then the odd bytes in reverse order, then the sizes', () => {
  const record = Buffer.from('00000000' + '07000100' + '01020304' + 'a1a2a3', 'hex');
  expect(checksum(record)).toBe((0x04030201 ^ 0x00a1a2a3 ^ 0x00010007) >>> 0);
  // The same at an odd address, where words cannot be read at once.
  expect(checksum(Buffer.concat([Buffer.alloc(1), record]).subarray(1))).toBe(checksum(record));
});

test('a cabinet ends where its number of files or its size would', () => {
  const small = Array.from({ length: 7 }, (_, i) => file(`f${i}`, text(10)));
  const counts = (limits: { files: number; bytes: number }) =>
    planCabinets(small, limits).map((part) => part.length);
  expect(counts({ files: 3, bytes: 1000 })).toEqual([3, 3, 1]);
  expect(counts({ files: 100, bytes: 25 })).toEqual([2, 2, 2, 1]);
  expect(counts({ files: 100, bytes: 5 })).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

test('a file that grows leaves most folders as they were', () => {
  const tree = Array.from({ length: 3000 }, (_, i) => ({ key: `f_${i}`, source: '', size: 20_000 }));
  const changed = tree.map((one, i) => (i === 1000 ? { ...one, size: 90_000 } : one));
  const before = new Set(planFolders(tree).map((folder) => JSON.stringify(folder)));
  const after = planFolders(changed).map((folder) => JSON.stringify(folder));
  expect(after.length).toBeGreaterThan(10);
  expect(after.filter((folder) => !before.has(folder)).length).toBeLessThanOrEqual(2);
});
