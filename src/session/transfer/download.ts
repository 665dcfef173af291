import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SessionError } from '../../errors.ts';
import type { Transfer, TransferOptions } from '../session.ts';
import {
  hashFile,
  limited,
  pump,
  type RemoteFile,
  sftpCall,
  sftpPath,
  type TransferJob,
  windowBytes,
} from './transfer.ts';

/**
 * Brings a file of the node to a local path by way of TARGET.oriel-part. What an earlier, broken transfer left is
 * continued; when the whole does not have the hash the node reports it is fetched again from the start, once.
 * Throws SessionError or CallError.
 */
export function download(job: TransferJob): Promise<Transfer> {
  return limited(job, (options) => fetch(job, options));
}

async function fetch(job: TransferJob, options: TransferOptions): Promise<Transfer> {
  const { session, source, target } = job;
  const state = await session.call<RemoteFile>({ call: 'Get-FileState', path: source }, options);
  const { kind, length = 0, sha256 = '' } = state;
  if (kind !== 'file')
    throw new SessionError(
      session.node,
      'transfer',
      `${source} on the node is ${kind === 'absent' ? 'absent' : 'a directory'}`,
    );
  const part = `${target}.oriel-part`;
  await mkdir(dirname(target), { recursive: true });
  let start = await resumeAt(part, length);
  await read(job, part, start, length, options);
  if (start > 0 && (await hashFile(part)) !== sha256) {
    start = 0;
    await read(job, part, 0, length, options);
  }
  const got = await hashFile(part);
  if (got !== sha256) {
    await rm(part);
    throw new SessionError(
      session.node,
      'transfer',
      `${source} arrived damaged: sha256 ${got}, the node says ${sha256}`,
      'Does something write to it? Run again.',
    );
  }
  await rename(part, target);
  return { bytes: length, sent: length - start, sha256 };
}

/** Blocks are written as they arrive, so the last window of a broken part may have holes and is fetched again. */
async function resumeAt(part: string, length: number): Promise<number> {
  const found = await stat(part).catch(() => undefined);
  return found && found.size <= length ? Math.max(0, found.size - windowBytes) : 0;
}

async function read(
  job: TransferJob,
  part: string,
  from: number,
  to: number,
  options: TransferOptions,
): Promise<void> {
  const {
    sftp,
    session: { node },
  } = job;
  const path = sftpPath(node, job.source);
  const handle = await sftpCall<Buffer>(job, `open ${path}`, (done) => sftp.open(path, 'r', done));
  const file = await open(part, from > 0 ? 'r+' : 'w');
  try {
    await file.truncate(from);
    await pump(
      from,
      to,
      async (offset, length) => () => readBlock(job, handle, file, offset, length),
      options,
    );
  } finally {
    await file.close();
    await sftpCall(job, `close ${path}`, (done) => sftp.close(handle, (error) => done(error, null))).catch(
      () => {},
    );
  }
}

async function readBlock(
  job: TransferJob,
  handle: Buffer,
  file: FileHandle,
  offset: number,
  length: number,
): Promise<void> {
  const {
    sftp,
    session: { node },
  } = job;
  const buffer = Buffer.allocUnsafe(length);
  for (let got = 0; got < length; ) {
    const bytes = await sftpCall<number>(job, `read ${job.source}`, (done) =>
      sftp.read(handle, buffer, got, length - got, offset + got, (error, count) => done(error, count)),
    );
    if (bytes === 0)
      throw new SessionError(node, 'transfer', `${job.source} became shorter while it was read`);
    got += bytes;
  }
  await file.write(buffer, 0, length, offset);
}
