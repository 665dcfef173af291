import { type FileHandle, open } from 'node:fs/promises';
import { win32 } from 'node:path';
import { SessionError } from '../../errors.ts';
import type { Transfer, TransferOptions } from '../session.ts';
import {
  block,
  hashFile,
  limited,
  pump,
  type RemoteFile,
  sftpCall,
  sftpPath,
  type TransferJob,
} from './transfer.ts';

/**
 * Brings a local file to the node: written to TARGET.oriel-part, compared by hash, then moved over TARGET. A part that an
 * earlier, broken transfer left is continued when it is the beginning of this file. Throws SessionError or CallError.
 */
export function upload(job: TransferJob): Promise<Transfer> {
  return limited(job, (options) => bring(job, options));
}

async function bring(job: TransferJob, options: TransferOptions): Promise<Transfer> {
  const { session, source, target } = job;
  const part = `${target}.oriel-part`;
  const remotePart = sftpPath(session.node, part);
  const file = await open(source).catch((error: Error) => {
    throw new SessionError(session.node, 'transfer', `${source} cannot be read: ${error.message}`);
  });
  try {
    const { size } = await file.stat();
    const sha256 = await hashFile(source);
    await session.call({ call: 'Set-Directory', path: win32.dirname(target) }, options);
    const start = await resumeAt(job, part, size, options);
    await write(job, file, remotePart, start, size, options);
    const state = await session.call<RemoteFile>({ call: 'Get-FileState', path: part }, options);
    if (state.sha256 !== sha256)
      throw new SessionError(
        session.node,
        'transfer',
        `${target} arrived damaged: sha256 ${state.sha256 ?? state.kind}, sent ${sha256}`,
        'Run again. If it stays, something on the node changes files as they are written (antivirus, full disk).',
      );
    await session.call({ call: 'Move-Item', path: part, destination: target }, options);
    return { bytes: size, sent: size - start, sha256 };
  } finally {
    await file.close();
  }
}

/** Where to go on: behind the part on the node when its bytes are ours, else at 0. */
async function resumeAt(
  { session, source }: TransferJob,
  part: string,
  size: number,
  options: TransferOptions,
): Promise<number> {
  const state = await session.call<RemoteFile>({ call: 'Get-FileState', path: part }, options);
  const length = state.length ?? 0;
  if (state.kind !== 'file' || length === 0 || length > size) return 0;
  return (await hashFile(source, length)) === state.sha256 ? length : 0;
}

async function write(
  job: TransferJob,
  file: FileHandle,
  path: string,
  from: number,
  to: number,
  options: TransferOptions,
): Promise<void> {
  const {
    sftp,
    session: { node },
  } = job;
  const handle = await sftpCall<Buffer>(job, `open ${path}`, (done) =>
    sftp.open(path, from > 0 ? 'r+' : 'w', done),
  );
  const close = (): Promise<unknown> =>
    sftpCall(job, `close ${path}`, (done) => sftp.close(handle, (error) => done(error, null)));
  const prepare = async (offset: number, length: number) => {
    const buffer = Buffer.allocUnsafe(Math.min(length, block));
    const { bytesRead } = await file.read(buffer, 0, length, offset);
    if (bytesRead < length)
      throw new SessionError(node, 'transfer', 'the source became shorter while it was read');
    return () =>
      sftpCall<void>(job, `write ${path}`, (done) =>
        sftp.write(handle, buffer, 0, length, offset, (error) => done(error, undefined)),
      );
  };
  try {
    await pump(from, to, prepare, options);
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
  await close();
}
