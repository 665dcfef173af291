import { createHash } from 'node:crypto';
import type { ByteChannel, OpenFile, RemoteFile } from '../byte-channel.ts';
import type { Answered, Recorder } from '../recorder.ts';
import { failureOf } from './failure.ts';
import { recorded } from './recorded.ts';

/** Calls whose `content` is a piece of a file that is brought or fetched (transfer/agent-channel.ts). */
const transfers: ReadonlySet<unknown> = new Set(['Add-FileContent', 'Get-FileBlock']);

/** A call without the bytes of a file that it brings: size and hash stand for them. */
export function callWithoutBytes<Call extends { readonly call: string }>(call: Call): Call {
  return transfers.has(call.call) ? withoutBytes(call) : call;
}

/** The same for an answer to a call. */
export function answerWithoutBytes(call: string, answer: unknown): unknown {
  return transfers.has(call) && typeof answer === 'object' && answer !== null ? withoutBytes(answer) : answer;
}

function withoutBytes<Data extends object>(data: Data): Data {
  const { content } = data as { readonly content?: unknown };
  if (typeof content !== 'string') return data;
  const bytes = Buffer.from(content, 'base64');
  return { ...data, content: { bytes: bytes.length, sha256: sha256Of(bytes) } };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A channel that records size and hash of what goes over it, file by file. */
export async function recordingChannel(
  node: string,
  record: Recorder,
  open: () => Promise<ByteChannel>,
): Promise<ByteChannel> {
  const channel = await recorded(record.ask(node, { channel: 'bytes' }), open, ({ block, requests }) => ({
    ...{ block, requests },
  }));
  return {
    ...{ block: channel.block, requests: channel.requests },
    get failure() {
      return channel.failure;
    },
    file: (path) => recordingFile(channel, path, (mode) => record.ask(node, { file: path, mode })),
  };
}

function recordingFile(channel: ByteChannel, path: string, ask: (mode: string) => Answered): RemoteFile {
  const remote = channel.file(path);
  return {
    async open(mode) {
      const answered = ask(mode);
      const hash = createHash('sha256');
      let bytes = 0;
      let isTold = false;
      const tell = (answer: Parameters<Answered>[0]): void => {
        if (!isTold) answered(answer);
        isTold = true;
      };
      const tried = async <Result>(act: Promise<Result>): Promise<Result> => {
        try {
          return await act;
        } catch (error) {
          tell({ error: { ...failureOf(error), ...(channel.failure && { broke: true as const }) } });
          throw error;
        }
      };
      const file: OpenFile = await tried(remote.open(mode));
      return {
        write(offset, piece) {
          bytes += piece.length;
          hash.update(piece);
          return tried(file.write(offset, piece));
        },
        async read(offset, length) {
          const piece = await tried(file.read(offset, length));
          bytes += piece.length;
          return piece;
        },
        async close() {
          await tried(file.close());
          // Pieces that are read arrive in any order.
          tell({ answer: { bytes, ...(mode !== 'read' && { sha256: hash.digest('hex') }) } });
        },
      };
    },
  };
}
