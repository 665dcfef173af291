import { createHash, type Hash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { BuildError } from '../../errors.ts';
import { fileError } from '../../replace-file.ts';
import { type ByteSource, fileSource } from '../bytes/source.ts';
import { openCabinet } from '../cabinet/read-cabinet.ts';
import { folded, windowsNameProblem } from '../model/names.ts';
import { byteProgress, type OnProgress } from '../model/progress.ts';
import type { MsiDatabase } from './read.ts';
import { cabinetsOf, type InstalledFile, installedFiles } from './view.ts';

interface Output {
  readonly path: string;
  readonly fd: number;
  readonly hash: Hash;
}

/**
 * Writes every file of a package below `directory`, as `<folder property>/<path>`, and checks the hashes that the package has.
 * `path` is where the package lies: cabinets that are not inside it are looked for beside it. Gives the number of files.
 * Throws BuildError on damage, on a path that would leave the directory, and on a file that the cabinets do not have; FileError where one
 * cannot be written.
 */
export function extractPackage(
  database: MsiDatabase,
  path: string,
  directory: string,
  emit?: OnProgress,
): number {
  const files = new Map(installedFiles(database).map((file) => [file.key, file]));
  const total = [...files.values()].reduce((sum, { size }) => sum + size, 0);
  const progress = byteProgress(emit, `extracting ${basename(path)}`, total);
  const done = new Set<string>();
  const places = new Map<string, string>();
  for (const cabinet of cabinetsOf(database)) {
    withCabinet(database, path, cabinet, (source) => {
      let output: Output | undefined;
      try {
        openCabinet(source, total).extract(({ name }, bytes, last) => {
          const file = files.get(name);
          if (!file) return;
          output ??= openOutput(directory, file, places);
          writeOutput(output, bytes);
          progress(bytes.length);
          if (!last) return;
          closeSync(output.fd);
          const md5 = output.hash.digest('hex');
          output = undefined;
          if (file.md5 && file.md5 !== md5) throw new BuildError(`${file.path} is not what MsiFileHash says`);
          done.add(name);
        });
      } finally {
        if (output) discard(output);
      }
    });
  }
  const missing = [...files.values()].filter(({ key }) => !done.has(key));
  if (missing.length > 0)
    throw new BuildError(
      `${missing.length} files are in no cabinet, first ${missing[0]?.path ?? missing[0]?.key}`,
    );
  return done.size;
}

function openOutput(directory: string, { key, path }: InstalledFile, places: Map<string, string>): Output {
  const parts = path?.split('/') ?? [];
  const problem = path === undefined ? 'has no directory' : parts.map(windowsNameProblem).find(Boolean);
  if (problem)
    throw new BuildError(`file ${key} cannot be written: ${JSON.stringify(path ?? key)} ${problem}`);
  const target = join(resolve(directory), ...parts);
  const same = places.get(folded(target));
  if (same !== undefined) throw new BuildError(`files ${same} and ${key} are both ${path} on Windows`);
  places.set(folded(target), key);
  try {
    mkdirSync(dirname(target), { recursive: true });
    // A link that lies there would lead elsewhere.
    rmSync(target, { force: true });
    return { path: target, fd: openSync(target, 'wx'), hash: createHash('md5') };
  } catch (error) {
    throw fileError(target, error);
  }
}

function writeOutput({ path, fd, hash }: Output, bytes: Buffer): void {
  hash.update(bytes);
  try {
    // A disk that is almost full takes a part.
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
  } catch (error) {
    throw fileError(path, error);
  }
}

/** A file that is not whole is worse than none. */
function discard({ path, fd }: Output): void {
  closeSync(fd);
  rmSync(path, { force: true });
}

/** Opens a cabinet by its name in Media: `#name` inside the package, else a file beside it. */
function withCabinet(
  database: MsiDatabase,
  path: string,
  cabinet: string,
  use: (source: ByteSource) => void,
): void {
  if (cabinet.startsWith('#')) {
    const stream = database.streams.get(cabinet.slice(1));
    if (!stream) throw new BuildError(`the package has no cabinet ${cabinet}`);
    use(stream);
    return;
  }
  const problem = windowsNameProblem(cabinet);
  if (problem) throw new BuildError(`cabinet ${JSON.stringify(cabinet)} ${problem}`);
  const fd = openBeside(join(dirname(resolve(path)), cabinet));
  try {
    use(fileSource(fd));
  } finally {
    closeSync(fd);
  }
}

/** Windows takes a name in any case. */
function openBeside(path: string): number {
  try {
    const names = readdirSync(dirname(path));
    const [name] = [basename(path), ...names].filter(
      (one) => folded(one) === folded(basename(path)) && names.includes(one),
    );
    return openSync(join(dirname(path), name ?? basename(path)), 'r');
  } catch (cause) {
    throw new BuildError(
      `the cabinet ${path} cannot be read`,
      'the package keeps its files there: put it beside the package',
      { cause },
    );
  }
}
