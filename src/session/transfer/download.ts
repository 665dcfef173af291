import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SessionError } from '../../errors.ts';
import { replaceFile } from '../../replace-file.ts';
import type { ByteChannel, OpenFile, RemoteFile } from '../byte-channel.ts';
import type { Transfer, TransferOptions } from '../session.ts';
import type { WithChannel } from './channel-keeper.ts';
import { sha256OfFile } from './hash-file.ts';
import { pump } from './pump.ts';
import { limited, type PartialFile, type TransferJob, type TransferRequest } from './transfer.ts';

/**
 * Brings a file of the node to a local path by way of TARGET.oriel-part. What an earlier, broken transfer or a channel
 * that failed left is continued; when the whole does not have the hash the node reports it is fetched again from the start, once.
 * Throws SessionError or CallError.
 */
export function download(request: TransferRequest, withChannel: WithChannel): Promise<Transfer> {
  return limited(request, (options) => withChannel((channel) => fetch({ ...request, channel }, options)));
}

async function fetch(job: TransferJob, options: TransferOptions): Promise<Transfer> {
  const { session, channel, source, target } = job;
  const state = await session.call<PartialFile>({ call: 'Get-FileState', path: source }, options);
  const { kind, length = 0, sha256 = '' } = state;
  if (kind !== 'file')
    throw new SessionError(
      session.node,
      'transfer',
      `${source} on the node is ${kind === 'absent' ? 'absent' : 'a directory'}`,
    );
  const part = `${target}.oriel-part`;
  await mkdir(dirname(target), { recursive: true });
  const remote = channel.file(source);
  let start = await resumeAt(channel, part, length);
  await read(job, remote, part, [start, length], options);
  if (start > 0 && (await sha256OfFile(part)) !== sha256) {
    start = 0;
    await read(job, remote, part, [0, length], options);
  }
  const got = await sha256OfFile(part);
  if (got !== sha256) {
    await rm(part);
    throw new SessionError(
      session.node,
      'transfer',
      `${source} arrived damaged: sha256 ${got}, the node says ${sha256}`,
      'Does something write to it? Run again.',
    );
  }
  await replaceFile(part, target);
  return { bytes: length, sent: length - start, sha256 };
}

/** Blocks are written as they arrive, so the last window of a broken part may have holes and is fetched again. */
async function resumeAt({ block, requests }: ByteChannel, part: string, length: number): Promise<number> {
  const found = await stat(part).catch(() => undefined);
  return found && found.size <= length ? Math.max(0, found.size - block * requests) : 0;
}

async function read(
  job: TransferJob,
  remote: RemoteFile,
  part: string,
  range: readonly [from: number, to: number],
  options: TransferOptions,
): Promise<void> {
  const [from] = range;
  const opened = await remote.open('read');
  const file = await open(part, from > 0 ? 'r+' : 'w');
  try {
    await file.truncate(from);
    const prepare = async (offset: number, length: number) => () =>
      readBlock(job, opened, file, offset, length);
    await pump(job.channel, range, prepare, options);
  } finally {
    await file.close();
    await opened.close().catch(() => {});
  }
}

async function readBlock(
  { session: { node }, source }: TransferJob,
  opened: OpenFile,
  file: FileHandle,
  from: number,
  length: number,
): Promise<void> {
  for (let got = 0; got < length; ) {
    const bytes = await opened.read(from + got, length - got);
    if (bytes.length === 0)
      throw new SessionError(node, 'transfer', `${source} became shorter while it was read`);
    await file.write(bytes, 0, bytes.length, from + got);
    got += bytes.length;
  }
}
