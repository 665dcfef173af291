import { type FileHandle, open } from 'node:fs/promises';
import { win32 } from 'node:path';
import { SessionError } from '../../errors.ts';
import type { RemoteFile } from '../byte-channel.ts';
import type { Transfer, TransferOptions } from '../session.ts';
import type { WithChannel } from './channel-keeper.ts';
import { sha256OfFile } from './hash-file.ts';
import { pump } from './pump.ts';
import { limited, type PartialFile, type TransferJob, type TransferRequest } from './transfer.ts';

/**
 * Brings a local file to the node: written to TARGET.oriel-part, compared by hash, then moved over TARGET. A part that an
 * earlier, broken transfer or a channel that failed left is continued when it is the beginning of this file. Throws SessionError or
 * CallError.
 */
export function upload(request: TransferRequest, withChannel: WithChannel): Promise<Transfer> {
  return limited(request, (options) => withChannel((channel) => bring({ ...request, channel }, options)));
}

async function bring(job: TransferJob, options: TransferOptions): Promise<Transfer> {
  const { session, channel, source, target } = job;
  const part = `${target}.oriel-part`;
  const remote = channel.file(part);
  const file = await open(source).catch((error: Error) => {
    throw new SessionError(session.node, 'transfer', `${source} cannot be read: ${error.message}`);
  });
  try {
    const { size } = await file.stat();
    const sha256 = await sha256OfFile(source);
    await session.call({ call: 'Set-Directory', path: win32.dirname(target) }, options);
    const start = await resumeAt(job, part, size, options);
    await write(job, file, remote, [start, size], options);
    const state = await session.call<PartialFile>({ call: 'Get-FileState', path: part }, options);
    if (state.sha256 !== sha256)
      throw new SessionError(
        session.node,
        'transfer',
        `${target} arrived damaged: sha256 ${state.sha256 ?? state.kind}, sent ${sha256}`,
        'Run again. If it stays, something on the node changes files as they are written (antivirus, full disk).',
      );
    await session.call({ call: 'Move-Path', path: part, destination: target }, options);
    return { bytes: size, sent: size - start, sha256 };
  } finally {
    await file.close();
  }
}

/** Bytes that are read from the source at once, where a block of the channel is no more. */
const readAtOnce = 1024 * 1024;

/** Where to go on: behind the part on the node when its bytes are ours, else at 0. */
async function resumeAt(
  request: TransferJob,
  part: string,
  size: number,
  options: TransferOptions,
): Promise<number> {
  // What was on its way when an earlier channel failed may arrive while the node reads: then it is looked at once more.
  for (let tries = 0; tries < 2; tries += 1) {
    const call = { call: 'Get-FileState', path: part };
    const { kind, length = 0, sha256 } = await request.session.call<PartialFile>(call, options);
    if (kind !== 'file' || length === 0 || length > size) return 0;
    if ((await sha256OfFile(request.source, length)) === sha256) return length;
  }
  return 0;
}

async function write(
  { session: { node }, channel }: TransferJob,
  file: FileHandle,
  remote: RemoteFile,
  range: readonly [from: number, to: number],
  options: TransferOptions,
): Promise<void> {
  const opened = await remote.open(range[0] > 0 ? 'continue' : 'write');
  // Many blocks in one read: each costs a turn of another thread, and they are read one after the other.
  const reach = Math.max(channel.block, readAtOnce);
  let [ahead, from] = [Buffer.alloc(0), range[0]];
  const prepare = async (offset: number, length: number) => {
    if (offset + length > from + ahead.length) {
      [ahead, from] = [Buffer.allocUnsafe(Math.min(reach, range[1] - offset)), offset];
      const { bytesRead } = await file.read(ahead, 0, ahead.length, offset);
      if (bytesRead < ahead.length)
        throw new SessionError(node, 'transfer', 'the source became shorter while it was read');
    }
    const bytes = ahead.subarray(offset - from, offset - from + length);
    return () => opened.write(offset, bytes);
  };
  try {
    await pump(channel, range, prepare, options);
  } catch (error) {
    await opened.close().catch(() => {});
    throw error;
  }
  await opened.close();
}
