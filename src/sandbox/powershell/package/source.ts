import { createHash } from 'node:crypto';
import { constants, copyFile, readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { readZipList, unzipEntry, type ZipEntry } from './archive.ts';

/** The files of a folder or a zip, by their path with forward slashes. */
export interface PowerShellFiles {
  readonly paths: readonly string[];
  /** Changes with its files. */
  readonly identity: string;
  readonly read: (path: string) => Promise<Buffer>;
  readonly copy: (path: string, target: string) => Promise<void>;
}

/** The files of what a user names. Throws Error with the reason for what it cannot be; nothing is written. */
export async function filesOf(source: string): Promise<PowerShellFiles> {
  const info = await stat(source).catch(() => undefined);
  if (!info) throw new Error('there is no such folder or file');
  if (info.isDirectory()) return filesOfFolder(source);
  if (info.isFile()) return filesOfZip(source);
  throw new Error('it is neither a folder nor a file');
}

async function filesOfFolder(folder: string): Promise<PowerShellFiles> {
  const root = await realpath(folder);
  const top = await readdir(folder);
  // Whatever else it is, it may be the whole disk.
  if (!top.some((name) => name.toLowerCase() === 'pwsh.exe')) return unread(folder, top);
  const hash = createHash('sha256');
  const paths: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(folder.length).split(sep).filter(Boolean).join('/');
    if (entry.isSymbolicLink()) await assertInside(root, file, path);
    const { size, mtimeMs, ...info } = await stat(file);
    if ((info.mode & 0o170000) === 0o040000) continue;
    paths.push(path);
    hash.update(`${path}\0${size}\0${mtimeMs}\0`);
  }
  return {
    paths: paths.sort(),
    identity: hash.digest('hex'),
    read: (path) => readFile(join(folder, path)),
    copy: (path, target) => copyFile(join(folder, path), target, constants.COPYFILE_FICLONE),
  };
}

function unread(folder: string, paths: readonly string[]): PowerShellFiles {
  const refuse = () => Promise.reject(new Error(`${folder} was not read`));
  return { paths, identity: '', read: refuse, copy: refuse };
}

async function assertInside(root: string, file: string, path: string): Promise<void> {
  const real = await realpath(file).catch(() => '');
  if (!real.startsWith(root + sep)) throw new Error(`${path} is a link that leads out of it`);
}

async function filesOfZip(file: string): Promise<PowerShellFiles> {
  const { entries, bytes } = await readZipList(file);
  for (const { path, encrypted, isLink } of entries) {
    if (encrypted) throw new Error(`it is encrypted (${path})`);
    if (isLink || /^[/\\]|\\|(^|\/)\.\.?(\/|$)|[:\0]/.test(path))
      throw new Error(`the path ${JSON.stringify(path)} leads out of it`);
  }
  const files = entries.filter(({ isFolder }) => !isFolder);
  const top = topFolder(files);
  const byPath = new Map(files.map((entry) => [entry.path.slice(top.length), entry]));
  const read = async (path: string): Promise<Buffer> => {
    const entry = byPath.get(path);
    if (!entry) throw new Error(`it has no ${path}`);
    return unzipEntry(file, entry);
  };
  return {
    paths: [...byPath.keys()].sort(),
    identity: createHash('sha256').update(bytes).digest('hex'),
    read,
    copy: async (path, target) => writeFile(target, await read(path)),
  };
}

/** The one folder that everything lies in, where somebody packed the folder and not its content. */
function topFolder(files: readonly ZipEntry[]): string {
  const top = /^[^/]+\//.exec(files[0]?.path ?? '')?.[0] ?? '';
  return files.every(({ path }) => path.startsWith(top)) ? top : '';
}
