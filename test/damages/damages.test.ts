import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programOutlines } from '../../scripts/check/documents/commands.ts';
import { oriel, type Said } from '../commands/workspace.ts';
import { whole } from '../extent.ts';
import { type Disk, mountDisk } from './disk.ts';
import { type DamageRow, rows } from './rows.ts';
import { fillTemplate } from './template.ts';

const root = mkdtempSync(join(tmpdir(), 'oriel-damages-'));
const template = join(root, 'template');
const [before, home] = [{ ...process.env }, process.cwd()];
let disk: Disk | undefined;

beforeAll(async () => {
  process.env.ORIEL_CACHE = join(root, 'cache');
  // Nothing here is brought over a network.
  process.env.ORIEL_UV = '/nowhere/uv';
  mkdirSync(template);
  await fillTemplate(template);
  process.chdir(home);
  disk = mountDisk(join(root, 'disk'));
});
afterAll(() => {
  disk?.remove();
  for (const name of ['ORIEL_CACHE', 'ORIEL_UV'])
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  rmSync(root, { recursive: true, force: true });
});

/** Runs the verb of a row in a folder. */
async function call({ argv }: DamageRow, folder: string): Promise<Said> {
  try {
    return await oriel('-C', folder, ...argv);
  } finally {
    process.chdir(home);
  }
}

/** A copy of the template, whose files are replaced and never written into. */
function aCopy(): string {
  const folder = join(mkdtempSync(join(root, 'copy-')), 'work');
  execFileSync('cp', ['-al', template, folder]);
  return folder;
}

const place = (path: string, content: string | Uint8Array): void => {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode: 0o600 });
};
const bytesOf = (path: string): Buffer => (existsSync(path) ? readFileSync(path) : Buffer.from('{}'));

type Damage = (path: string) => void;
const damages: Readonly<Record<string, Damage>> = {
  missing: (path) => rmSync(path, { recursive: true, force: true }),
  'a folder in its place': (path) => {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
  },
  'a changed byte': (path) => {
    const bytes = bytesOf(path);
    const middle = bytes.length >> 1;
    place(path, Buffer.from(bytes.map((byte, index) => (index === middle ? byte ^ 1 : byte))));
  },
  torn: (path) => {
    const bytes = bytesOf(path);
    place(path, bytes.subarray(0, bytes.length >> 1));
  },
};
/** The sample has of each file the damage that is worst for it. */
const tried = (row: DamageRow, file: string) => {
  const worst = row.reads?.includes(file) ? 'a folder in its place' : 'torn';
  return Object.entries(damages).filter(([name]) => whole || name === worst);
};
/** What no verb can work with. */
const fatal = new Set(['missing', 'a folder in its place']);

/** No error of ours, no stack, and whoever reads it knows which file. */
function expectClear(
  { code, text }: Said,
  row: DamageRow,
  path: string,
  { damage, folder }: { readonly damage: string; readonly folder?: string },
): void {
  const what = `${row.argv.join(' ')}, ${path} ${damage}: ${text}`;
  expect(code, what).not.toBe(70);
  expect(text, what).not.toMatch(/\n\s+at .*[/\\]/);
  if (code === row.code || damage.includes('byte')) return;
  expect(text.includes(basename(path)) || (folder !== undefined && text.includes(folder)), what).toBe(true);
}

describe.each(rows)('$argv', (row) => {
  test('does what it does where nothing is damaged', async () => {
    const { code, text } = await call(row, aCopy());
    expect(code, text).toBe(row.code);
  });

  test.each([...(row.reads ?? []), ...(row.records ?? [])])('reads %s', async (file) => {
    for (const [name, damage] of tried(row, file)) {
      const folder = aCopy();
      damage(join(folder, file));
      const said = await call(row, folder);
      expectClear(said, row, file, { damage: name });
      if (row.reads?.includes(file) && fatal.has(name)) expect(said.code, `${name}: ${said.text}`).toBe(2);
    }
  });

  test.each(row.writes ?? [])('writes %s', async (file) => {
    const folder = aCopy();
    mkdirSync(join(folder, file), { recursive: true });
    const said = await call(row, folder);
    expectClear(said, row, file, { damage: 'a folder in its place' });
    expect(said.code, said.text).toBe(row.fillsFolder ? row.code : 2);
    if (!file.includes('/')) return;
    const [above = ''] = file.split('/');
    const other = aCopy();
    place(join(other, above), 'a file');
    const refused = await call(row, other);
    expectClear(refused, row, above, { damage: 'a file in the place of its folder' });
    expect(refused.code, refused.text).toBe(2);
    expect(readFileSync(join(other, above), 'utf8')).toBe('a file');
  });

  test.skipIf(!whole && !row.writes && !row.records).each([
    ['full', (one: Disk) => one.fill(), (one: Disk) => one.empty()],
    ['read-only', (one: Disk) => one.close(), (one: Disk) => one.open()],
  ])('on a disk that is %s', async (name, close, open) => {
    if (!disk) return expect(process.getuid?.(), 'only root can mount a small disk').not.toBe(0);
    const folder = join(disk.folder, 'work');
    execFileSync('cp', ['-a', template, folder]);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    close(disk);
    const said = await call(row, folder);
    open(disk);
    const left = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    rmSync(folder, { recursive: true });
    expectClear(said, row, row.writes?.[0] ?? '.oriel', { damage: 'no room', folder });
    if (row.writes) expect(said.code, said.text).toBe(row.goesOn && name === 'full' ? 1 : 2);
    const names = left.map((one) => join(one.parentPath, one.name).slice(folder.length + 1));
    // Nothing half written stays but what a run leaves that dies.
    const kept = row.goesOn ? row.writes : [];
    expect(names.filter((one) => !files.includes(one) && !kept?.includes(one))).toEqual([]);
  });
});

test('every verb has a row', async () => {
  const all = (await programOutlines()).filter(({ path, commands }) => path !== '' && commands.length === 0);
  const met = new Set(rows.map(({ verb }) => verb));
  expect(all.map(({ path }) => path).filter((path) => !met.has(path))).toEqual([]);
  // A row is of the verb that it names.
  expect(rows.filter(({ verb, argv }) => !argv.join(' ').startsWith(verb))).toEqual([]);
});
