import { type FileHandle, lstat, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2, { type Attributes, type FileEntry, type SFTPWrapper } from 'ssh2';
import { isAbsent } from '../agent/failure/agent-failure.ts';
import type { Backing } from '../node/backing.ts';
import type { FaultSwitches } from '../node/faults.ts';

const { STATUS_CODE: status, flagsToString } = ssh2.utils.sftp;

type Handle =
  | { readonly kind: 'file'; readonly file: FileHandle }
  | { readonly kind: 'folder'; readonly path: string; read: boolean };

/** One SFTP channel: what is open on it, and how a request gets its turn and its answer. */
interface Channel {
  readonly sftp: SFTPWrapper;
  readonly handles: Map<number, Handle>;
  readonly keep: (id: number, handle: Handle) => void;
  readonly path: (name: string) => string;
  readonly faults: FaultSwitches;
  /** Runs after every earlier request; an error becomes its status. */
  readonly answer: (id: number, run: () => Promise<void>) => void;
  /** The same for a request whose only answer is OK. */
  readonly change: (id: number, run: () => Promise<unknown>) => void;
}

/** What of a node is seen by SFTP. */
export interface FileServer {
  readonly backing: Pick<Backing, 'hostPath'>;
  readonly faults: FaultSwitches;
}

/**
 * The SFTP subsystem of a node: `/C:/dir/file` is C:\dir\file. Requests are done one after another, as sftp-server does, so
 * a broken upload leaves no holes, and those that wait go with their channel. Links, UNC paths and anything outside the node do not exist here.
 */
export function serveSftp(sftp: SFTPWrapper, { backing, faults }: FileServer): void {
  const handles = new Map<number, Handle>();
  let last = 0;
  let work: Promise<unknown> = Promise.resolve();
  let closed = false;
  const answer: Channel['answer'] = (id, run) => {
    work = work
      .then(() => (closed ? undefined : run()))
      .catch((error: unknown) => sftp.status(id, statusOf(error), (error as Error).message));
  };
  const channel: Channel = {
    sftp,
    handles,
    faults,
    answer,
    keep: (id, handle) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(++last);
      handles.set(last, handle);
      sftp.handle(id, bytes);
    },
    path: (name) => backing.hostPath(windowsName(name)),
    change: (id, run) => answer(id, () => run().then(() => sftp.status(id, status.OK))),
  };
  serveFiles(channel);
  serveFolders(channel);
  serveNames(channel);
  for (const event of ['READLINK', 'SYMLINK', 'EXTENDED'] as const)
    sftp.on(event, (id: number) => sftp.status(id, status.OP_UNSUPPORTED));
  // A client that is done closes its side and waits for ours.
  sftp.on('end', () => sftp.end());
  sftp.on('close', () => {
    closed = true;
    work = work.then(() =>
      Promise.all([...handles.values()].map((held) => held.kind === 'file' && held.file.close())),
    );
    work.catch(() => {});
  });
}

function serveFiles({ sftp, handles, keep, path, faults, answer, change }: Channel): void {
  sftp.on('OPEN', (id, name, flags) =>
    answer(id, async () => {
      const mode = flagsToString(flags);
      if (!mode) return sftp.status(id, status.OP_UNSUPPORTED);
      keep(id, { kind: 'file', file: await open(path(name), mode) });
    }),
  );
  sftp.on('READ', (id, handle, offset, length) =>
    answer(id, async () => {
      const buffer = Buffer.allocUnsafe(Math.min(length, 256 * 1024));
      const { bytesRead } = await fileOf(handles, handle).read(buffer, 0, buffer.length, offset);
      if (bytesRead === 0) sftp.status(id, status.EOF);
      else sftp.data(id, buffer.subarray(0, bytesRead));
    }),
  );
  sftp.on('WRITE', (id, handle, offset, data) =>
    change(id, async () => {
      if (faults.isOn('upload-disk-full')) throw new RangeError('There is not enough space on the disk.');
      await fileOf(handles, handle).write(data, 0, data.length, offset);
    }),
  );
  sftp.on('FSTAT', (id, handle) =>
    answer(id, async () => sftp.attrs(id, attributes(await fileOf(handles, handle).stat()))),
  );
  sftp.on('FSETSTAT', (id, handle, attributes) =>
    change(id, async () => {
      if (attributes.size !== undefined) await fileOf(handles, handle).truncate(attributes.size);
    }),
  );
  sftp.on('CLOSE', (id, handle) =>
    change(id, async () => {
      const held = handles.get(keyOf(handle));
      handles.delete(keyOf(handle));
      if (held?.kind === 'file') await held.file.close();
    }),
  );
}

function serveFolders({ sftp, handles, keep, path, answer, change }: Channel): void {
  sftp.on('OPENDIR', (id, name) =>
    answer(id, async () => {
      await readdir(path(name));
      keep(id, { kind: 'folder', path: path(name), read: false });
    }),
  );
  sftp.on('READDIR', (id, handle) =>
    answer(id, async () => {
      const held = handles.get(keyOf(handle));
      if (held?.kind !== 'folder' || held.read) return sftp.status(id, status.EOF);
      held.read = true;
      sftp.name(id, await entries(held.path));
    }),
  );
  sftp.on('MKDIR', (id, name) => change(id, async () => mkdir(path(name))));
  sftp.on('RMDIR', (id, name) => change(id, async () => rmdir(path(name))));
}

function serveNames({ sftp, path, answer, change }: Channel): void {
  for (const event of ['STAT', 'LSTAT'] as const)
    sftp.on(event, (id: number, name: string) =>
      answer(id, async () => sftp.attrs(id, attributes(await stat(path(name))))),
    );
  // Times and modes have no meaning here and are taken without effect, as Win32-OpenSSH takes modes.
  sftp.on('SETSTAT', (id) => change(id, async () => {}));
  sftp.on('REMOVE', (id, name) => change(id, async () => rm(path(name))));
  sftp.on('RENAME', (id, from, to) => change(id, async () => rename(path(from), path(to))));
  sftp.on('REALPATH', (id, name) =>
    answer(id, async () => {
      const filename = name === '.' || name === '' ? '/C:/' : `/${windowsName(name).replaceAll('\\', '/')}`;
      sftp.name(id, [{ filename, longname: filename, attrs: emptyAttributes }]);
    }),
  );
}

/** `/C:/dir/file` and `C:/dir/file` are C:\dir\file; what names no drive is left for hostPath to refuse. */
function windowsName(name: string): string {
  return name
    .replace(/^\/(?=[A-Za-z]:)/, '')
    .replaceAll('/', '\\')
    .replace(/^([A-Za-z]:)$/, '$1\\');
}

function fileOf(handles: ReadonlyMap<number, Handle>, handle: Buffer): FileHandle {
  const held = handles.get(keyOf(handle));
  if (held?.kind === 'file') return held.file;
  throw Object.assign(new RangeError('no such open file'), { code: 'EBADF' });
}

function keyOf(handle: Buffer): number {
  return handle.length === 4 ? handle.readUInt32BE() : 0;
}

async function entries(folder: string): Promise<FileEntry[]> {
  const names = await readdir(folder);
  const found = await Promise.all(
    names.map(async (filename) => {
      const info = await lstat(join(folder, filename)).catch(() => undefined);
      return info && { filename, longname: filename, attrs: attributes(info) };
    }),
  );
  return found.filter((entry) => entry !== undefined);
}

const emptyAttributes: Attributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

function attributes(info: { mode: number; size: number; atimeMs: number; mtimeMs: number }): Attributes {
  const seconds = (ms: number): number => Math.floor(ms / 1000);
  return {
    ...emptyAttributes,
    mode: info.mode,
    size: info.size,
    atime: seconds(info.atimeMs),
    mtime: seconds(info.mtimeMs),
  };
}

function statusOf(error: unknown): number {
  const { code, category } = error as { code?: string; category?: string };
  if (isAbsent(error)) return status.NO_SUCH_FILE;
  return code === 'EACCES' || category !== undefined ? status.PERMISSION_DENIED : status.FAILURE;
}
