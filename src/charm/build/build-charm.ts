import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFile, programVersion } from '../../data-files.ts';
import { BuildError, InputError } from '../../errors.ts';
import { writeWhole } from '../../replace-file.ts';
import type { Charm } from '../model/charm.ts';
import { type CharmFile, zipCharm } from './archive.ts';
import { charmDocuments } from './documents.ts';
import { programFiles } from './program-files.ts';
import { charmReadme } from './readme.ts';

/** Where the program is in a charm; dispatch starts it there. */
const programFolder = 'oriel';
/** Bytes that a charm may have: the controller holds it in memory, and every unit downloads it. */
const most = 10_000_000;

export interface BuiltCharm {
  readonly name: string;
  readonly flavour: Charm['flavour'];
  /** Absolute where `out` is. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly files: number;
  /** The file was there with these bytes. */
  readonly unchanged: boolean;
}

/** Name of the file of a charm. */
export function charmFileName({ name, flavour }: Pick<Charm, 'name' | 'flavour'>): string {
  return `${name}_${flavour}.charm`;
}

/**
 * Makes `NAME_FLAVOUR.charm` in the folder `out`: the same bytes from the same inputs and SOURCE_DATE_EPOCH. Throws BuildError where
 * there is no program to pack (`program`: its file; absent: this one) or the charm is too large, FileError, InputError for a SOURCE_DATE_EPOCH that is not a number of seconds.
 */
export async function buildCharm(charm: Charm, out: string, program?: string): Promise<BuiltCharm> {
  const files = await charmFiles(charm, program);
  const archive = zipCharm(files, sourceDate());
  const name = charmFileName(charm);
  if (archive.length > most) throw new BuildError(`${name} has ${archive.length} bytes, more than ${most}`);
  const path = join(out, name);
  const before = await readFile(path).catch(() => undefined);
  const unchanged = before !== undefined && Buffer.compare(before, archive) === 0;
  if (!unchanged) {
    await mkdir(out, { recursive: true });
    await writeWhole(path, archive);
  }
  const sha256 = createHash('sha256').update(archive).digest('hex');
  return {
    name: charm.name,
    flavour: charm.flavour,
    path,
    sha256,
    bytes: archive.length,
    files: files.size,
    unchanged,
  };
}

/** Every file of a charm, by its path. None is below `build/`, which controllers take away. */
export async function charmFiles(charm: Charm, program?: string): Promise<ReadonlyMap<string, CharmFile>> {
  const files = new Map<string, CharmFile>();
  for (const [name, text] of charmDocuments(charm)) files.set(name, { data: Buffer.from(text) });
  files.set('README.md', { data: Buffer.from(charmReadme(charm)) });
  files.set('version', { data: Buffer.from(`${programVersion()}\n`) });
  files.set('LICENSE', { data: await readFile(dataFile('LICENSE')) });
  for (const name of ['icon.svg', 'copyright']) files.set(name, { data: await shipped(name) });
  if (charm.flavour === 'proxy') {
    files.set('dispatch', { data: await shipped('proxy', 'dispatch'), executable: true });
    files.set(`${programFolder}/hook`, { data: await shipped('proxy', 'hook'), executable: true });
  } else files.set('dispatch.ps1', { data: await shipped('native', 'dispatch.ps1') });
  for (const [path, file] of await programFiles(program)) files.set(`${programFolder}/${path}`, file);
  return files;
}

function shipped(...parts: readonly string[]): Promise<Buffer> {
  return readFile(dataFile('charms', ...parts));
}

/** Seconds since 1970 that all files of an archive get (reproducible-builds.org); absent: the first that a zip archive can hold. */
function sourceDate(): number {
  const text = process.env.SOURCE_DATE_EPOCH ?? '';
  if (text === '') return 0;
  const seconds = Number(text);
  if (/^\d{1,10}$/.test(text) && seconds < Date.UTC(2107, 11, 31) / 1000) return seconds;
  throw new InputError([
    {
      message: `SOURCE_DATE_EPOCH is \`${text}\``,
      hint: 'set it to a number of seconds since 1970, before 2108',
    },
  ]);
}
