import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { BuildError } from '../../errors.ts';

/** Files of an archive by their path with forward slashes. */
type Entries = ReadonlyMap<string, Uint8Array>;

/**
 * Unpacks a Windows Python of any usual shape (Maven jar of bytedeco, NuGet package, embeddable zip) into `target` as one shape:
 * `python.exe`, `pythonXY.dll` and the C runtime on top, the standard library in `lib`. `version` is `3.11.3`.
 * Throws BuildError when `archive` is damaged, is no such Python or is of another minor version.
 */
export async function unpackRuntime(archive: string, version: string, target: string): Promise<void> {
  const entries = readEntries(await readFile(archive), archive);
  const library = `python${version.split('.').slice(0, 2).join('')}.dll`;
  const folder = [...entries.keys()]
    .filter((path) => path.endsWith(library) && entries.has(`${path.slice(0, -library.length)}python.exe`))
    .map((path) => path.slice(0, -library.length))[0];
  if (folder === undefined)
    throw new BuildError(
      `${archive} holds no Python ${version} for Windows: there is no folder with python.exe and ${library}`,
      'check that payload.python.version is the version of the archive',
    );
  for (const [path, bytes] of arrange(entries, folder, library)) {
    const file = join(target, ...path.split('/'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

/** Files of a zip file. Throws BuildError when it is damaged or a name leads out of it. */
export function readEntries(data: Uint8Array, name: string): Entries {
  const files = unzip(data, name);
  const paths = Object.keys(files).filter((path) => !path.endsWith('/'));
  const bad = paths.find((path) => /^[/\\]|\\|(^|\/)\.\.(\/|$)|:/.test(path));
  if (bad) throw new BuildError(`${name} has an entry with the unsafe path "${bad}"; nothing was unpacked`);
  return new Map(paths.sort().map((path) => [path, files[path] ?? new Uint8Array()]));
}

function unzip(data: Uint8Array, name: string): Record<string, Uint8Array> {
  try {
    return unzipSync(data);
  } catch (cause) {
    throw new BuildError(
      `${name} is not a readable zip file: ${cause instanceof Error ? cause.message : cause}`,
    );
  }
}

function arrange(entries: Entries, folder: string, library: string): Entries {
  const arranged = new Map<string, Uint8Array>();
  for (const [path, bytes] of entries) {
    if (!path.startsWith(folder)) continue;
    const rest = path.slice(folder.length).replace(/^Lib\//, 'lib/');
    // The search path of an embeddable Python leaves out site-packages; without this file CPython finds it.
    if (rest === library.replace('.dll', '._pth')) continue;
    if (rest === library.replace('.dll', '.zip'))
      for (const [inner, content] of readEntries(bytes, rest)) arranged.set(`lib/${inner}`, content);
    else arranged.set(rest, bytes);
  }
  // The loader looks beside python.exe, and a Windows Server has no C runtime of its own: bytedeco keeps it in lib.
  for (const name of ['vcruntime140.dll', 'vcruntime140_1.dll']) {
    const bytes = arranged.get(`lib/${name}`);
    if (bytes && !arranged.has(name)) arranged.set(name, bytes);
    arranged.delete(`lib/${name}`);
  }
  return arranged;
}
