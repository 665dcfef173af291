import type { Stats } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createTar, type ParsedTarFileItem, parseTar } from 'nanotar';
import { BuildError } from '../../errors.ts';
import { writeWhole } from '../../replace-file.ts';
import { hashFile, listFiles, sha256 } from '../cache/files.ts';
import { isIndex } from '../lock/uv.ts';
import { readWheelFolder, refuseProblems, type WheelLock } from './wheels.ts';

/** Everything that a payload is made from, for a machine without a network. */
export interface BundleLock extends WheelLock {
  readonly inputs: WheelLock['inputs'] & { readonly release: string };
  readonly lock: string;
  /** SHA-256 of the archive of Python. */
  readonly runtime: string;
}

/** 1980-01-01, in milliseconds: the date of all files that we make. */
const epochMs = 315_532_800_000;
/** What the name field of a tar header holds. */
const maxNameLength = 100;

function lockFiles({ inputs, lock }: BundleLock): Readonly<Record<string, string>> {
  return { [`locks/${inputs.release}.lock.txt`]: lock, 'locks/build.lock.txt': inputs.buildLock };
}

/** Writes the tar file `out`: locks, the Python archive and the files of the packages. Equal content, equal bytes. */
export async function writeBundle(
  out: string,
  parts: BundleLock,
  paths: { readonly runtime: string; readonly files: readonly string[] },
): Promise<{
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly files: number;
}> {
  const sources = [
    { name: `runtime/${parts.runtime}.zip`, path: paths.runtime },
    ...paths.files.map((path) => ({ name: `wheels/${basename(path)}`, path })),
  ];
  const entries = [
    ...Object.entries(lockFiles(parts)).map(([name, text]) => ({ name, data: Buffer.from(text) })),
    ...(await Promise.all(sources.map(async ({ name, path }) => ({ name, data: await readFile(path) })))),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const long = entries.find(({ name }) => Buffer.byteLength(name) > maxNameLength);
  if (long) throw new BuildError(`the name ${long.name} is too long for a bundle`);
  const bytes = createTar(entries, { attrs: { mtime: epochMs, uid: 0, gid: 0, mode: '644' } });
  const path = resolve(out);
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(path, bytes);
  return { path, sha256: sha256(bytes), bytes: bytes.length, files: entries.length };
}

/** Where the files of a payload come from. */
export interface OpenIndex {
  /** As uv takes it: `default`, a URL, or the absolute path of a folder of wheels. */
  readonly index: string;
  /** The folder of an unpacked bundle. */
  readonly bundle?: string;
}

/**
 * Opens `payload.index`: `default` and URLs as they are, a folder of wheels or an unpacked bundle by its absolute path, a bundle
 * after it was unpacked below `scratch`. Relative paths start at `directory`. Throws BuildError.
 */
export async function openIndex(index: string, directory: string, scratch: string): Promise<OpenIndex> {
  if (isIndex(index)) return { index };
  const path = resolve(directory, index);
  const unpacked = (await statOrNone(path))?.isFile() && (await unpackBundle(path, join(scratch, 'bundle')));
  const bundle = unpacked || path;
  const wheels = join(bundle, 'wheels');
  const isBundle = unpacked || (await statOrNone(wheels))?.isDirectory();
  return isBundle ? { index: wheels, bundle } : { index: path };
}

async function statOrNone(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}

async function unpackBundle(file: string, target: string): Promise<string> {
  const data = await readFile(file);
  await mkdir(join(target, 'wheels'), { recursive: true });
  for (const { name, data: content, type } of readTar(data, file)) {
    if (type === 'directory') continue;
    if (type !== 'file' || !/^(\w+\/)?[\w.+!-]+$/.test(name) || name.split('/').includes('..'))
      throw new BuildError(`${file} has the entry "${name}", which no bundle has; nothing was unpacked`);
    await mkdir(dirname(join(target, name)), { recursive: true });
    await writeFile(join(target, name), content ?? '');
  }
  return target;
}

function readTar(data: Buffer, file: string): readonly ParsedTarFileItem[] {
  try {
    // The library reads the whole memory block behind a view.
    const entries: readonly ParsedTarFileItem[] = parseTar(new Uint8Array(data).buffer);
    if (entries.length > 0) return entries;
  } catch (cause) {
    throw new BuildError(
      `${file} is not a whole tar file: ${cause instanceof Error ? cause.message : cause}`,
    );
  }
  throw new BuildError(`${file} is not a tar file`);
}

/** What is wrong with an open folder or bundle, by name: a file that was changed, is missing or does not belong. Empty: nothing. */
export async function findIndexProblems(
  { index, bundle }: OpenIndex,
  parts: BundleLock,
): Promise<readonly string[]> {
  const { problems } = await readWheelFolder(index, parts);
  return bundle ? [...problems, ...(await bundleProblems(bundle, parts))] : problems;
}

async function bundleProblems(bundle: string, parts: BundleLock): Promise<readonly string[]> {
  const locks = Object.entries(lockFiles(parts)).map(([name, text]) => [name, sha256(text)] as const);
  const expected = new Map([...locks, [`runtime/${parts.runtime}.zip`, parts.runtime]]);
  const present = (await listFiles(bundle)).filter((path) => !path.startsWith('wheels/'));
  const problems = present
    .filter((path) => !expected.has(path))
    .map((path) => `${path} does not belong there`);
  for (const [path, hash] of expected) {
    if (!present.includes(path)) problems.push(`${path} is missing`);
    else if ((await hashFile(join(bundle, path))).sha256 !== hash)
      problems.push(`${path} is not the one of this release`);
  }
  return problems;
}

/** Throws BuildError unless an open folder or bundle is what the lock says; an index is left to uv. */
export async function checkIndex(open: OpenIndex, parts: BundleLock): Promise<void> {
  if (isIndex(open.index)) return;
  refuseProblems(await findIndexProblems(open, parts), open.bundle ?? open.index);
}
