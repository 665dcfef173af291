import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildMsi } from '../../../src/msi/build/build.ts';
import { fileSource } from '../../../src/msi/bytes/source.ts';
import { openCompound } from '../../../src/msi/compound/read-compound.ts';
import { finishCompound } from '../../../src/msi/compound/write-compound.ts';
import { tableSchema } from '../../../src/msi/database/schema.ts';
import { encodeStreamName } from '../../../src/msi/database/stream-name.ts';
import { rowBytes } from '../../../src/msi/database/table.ts';
import { readMsi } from '../../../src/msi/read/read.ts';
import { everything } from '../everything.ts';
import { oneFile } from './in-child.ts';
import type { Cost } from './read-one.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-large-tables-'));
const at = (name: string) => join(folder, name);

/** Of a table's row with ids of two bytes. */
const bytesOfRow = (table: string) => rowBytes(tableSchema.get(table) ?? [], 2);

/** Puts a table of that many rows, all of them nonsense that is within the bounds, in place of the sound one. */
function withRows(table: string, rows: number): string {
  const fd = openSync(at('sound.msi'), 'r');
  const compound = openCompound(fileSource(fd));
  const bytes = Buffer.alloc(bytesOfRow(table) * rows);
  for (let i = 0; i + 1 < bytes.length; i += 2)
    bytes.writeUInt16LE(1 + (((i * 2_654_435_761) >>> 7) % 200), i);
  const streams = [...compound.streams.values()].map((stream) => ({
    name: stream.name,
    bytes: stream.name === encodeStreamName(table, true) ? bytes : stream.read(),
  }));
  closeSync(fd);
  const out = openSync(at('large.msi'), 'w+');
  finishCompound(out, 512, [], streams);
  closeSync(out);
  return at('large.msi');
}

describe('a small file with a table of very many rows', () => {
  let program: string;
  beforeAll(async () => {
    await buildMsi(everything(undefined), at('sound.msi'));
    program = oneFile(join(import.meta.dirname, 'read-one.ts'), folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  // Rubbish is collected by the thread that makes it, so that a busy machine does not let it grow.
  const cost = (path: string) => {
    const args = ['--single-threaded-gc', program, path];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', timeout: 300_000 })) as Cost;
  };

  test.each(['File', 'Directory', 'Component', 'Media', 'Property', 'ServiceInstall'])(
    '%s: an answer in 200 MB',
    (table) => {
      const { refused, megabytes } = cost(withRows(table, 480_000));
      expect(refused).toBeUndefined();
      expect(megabytes).toBeLessThan(200);
    },
  );

  test('is refused where no package has so many', () => {
    const path = withRows('File', 600_000);
    expect(cost(path).refused).toBe('the tables have more than 500000 rows');
    expect(() => readMsi(path)).toThrow('large.msi: the tables have more than 500000 rows');
  });
});
