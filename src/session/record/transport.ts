import { createHash } from 'node:crypto';
import { SessionError } from '../../errors.ts';
import type { NodeOf } from '../../site/deployment.ts';
import type { ByteChannel, OpenFile } from '../byte-channel.ts';
import type { OpenOptions } from '../open-options.ts';
import type { Asked } from '../recorder.ts';
import type { Transport } from '../transport.ts';
import { errorOf } from './failure.ts';
import { callWithoutBytes } from './files.ts';
import { readRecord } from './read-record.ts';
import { type Replay, replayOf } from './replay.ts';

/** What is left of the record of a node: a session that is opened anew goes on where the one before it ended. */
const replays = new WeakMap<NodeOf<'recorded'>, Replay>();

/**
 * Answers from a record in place of a node, without a network. Throws what was thrown when it was made, FileError where it has no
 * answer, and InputError where the file is no record.
 */
export async function openRecordedTransport(
  node: NodeOf<'recorded'>,
  { onNoise, signal }: OpenOptions,
): Promise<Transport> {
  signal?.throwIfAborted();
  const replay = replays.get(node) ?? replayOf(readRecord(node.file), node.name);
  replays.set(node, replay);
  const tell = (line: string): void => onNoise?.(line);
  const { hello } = replay.answer({ open: 'session' }, tell) as { readonly hello: unknown };
  return {
    node: node.name,
    hello,
    lost: new Promise(() => {}),
    async call(call, options = {}) {
      options.signal?.throwIfAborted();
      const answer = replay.answer(callWithoutBytes(call), tell);
      if (call.call !== 'Get-FileBlock') return answer;
      throw replay.leave(call, noBytes);
    },
    ...(replay.has('channel') && { openChannel: async () => recordedChannel(node.name, replay) }),
    close: async () => {},
    cut() {},
  };
}

const noBytes = 'a record has the sizes and hashes of files and not their bytes';

/** Takes files as the channel of the record did, and holds what is sent to the hash that it has. */
function recordedChannel(node: string, replay: Replay): ByteChannel {
  const { block, requests } = replay.answer({ channel: 'bytes' }) as Pick<ByteChannel, 'block' | 'requests'>;
  let failure: SessionError | undefined;
  return {
    ...{ block, requests },
    get failure() {
      return failure;
    },
    file: (path) => ({
      async open(mode) {
        const ask = { file: path, mode };
        const outcome = replay.take(ask);
        if (!('error' in outcome)) return recordedFile(ask, outcome.answer, replay);
        const error = errorOf(node, ask, outcome.error);
        if (outcome.error.broke && error instanceof SessionError) failure = error;
        throw error;
      },
    }),
  };
}

function recordedFile(ask: Asked, answer: unknown, replay: Replay): OpenFile {
  const { sha256 } = answer as { readonly sha256?: string };
  const hash = createHash('sha256');
  return {
    async write(_, bytes) {
      hash.update(bytes);
    },
    async read() {
      throw replay.leave(ask, noBytes);
    },
    async close() {
      const sent = hash.digest('hex');
      if (sha256 !== undefined && sent !== sha256)
        throw replay.leave(ask, `what is sent has the SHA-256 ${sent}, then it was ${sha256}`);
    },
  };
}
