import { setMaxListeners } from 'node:events';
import { SessionError } from '../../errors.ts';
import { bounded } from '../bounded.ts';
import type { ByteChannel } from '../byte-channel.ts';
import type { Session, TransferOptions } from '../session.ts';

/** What a node's Get-FileState says of a path. */
export interface PartialFile {
  readonly kind: 'absent' | 'file' | 'directory';
  readonly length?: number;
  readonly sha256?: string;
}

/** What is to be brought where. */
export interface TransferRequest {
  readonly session: Pick<Session, 'node' | 'call'>;
  readonly source: string;
  readonly target: string;
  readonly options: TransferOptions;
}

export interface TransferJob extends TransferRequest {
  readonly channel: ByteChannel;
}

/** Runs a transfer under its time limit and signal, whatever it waits for; what they end is thrown as they say. */
export async function limited<T>(
  job: TransferRequest,
  run: (options: TransferOptions) => Promise<T>,
): Promise<T> {
  const { timeout, signal, progress } = job.options;
  const timer = timeout ? AbortSignal.timeout(timeout) : undefined;
  const signals = [timer, signal].filter((each) => each !== undefined);
  try {
    const all = signals.length > 0 ? { signal: AbortSignal.any(signals) } : {};
    // Each request on its way listens; Node would take more than ten for a leak and say so on the terminal.
    if (all.signal) setMaxListeners(0, all.signal);
    const moved = run({ ...(progress && { progress }), ...all });
    // What was given up may end later, with an error that nobody waits for.
    moved.catch(() => {});
    return await bounded(moved, { signals: [all.signal] });
  } catch (error) {
    if (!timer?.aborted || signal?.aborted) throw error;
    const message = `${job.target} was not brought within ${(timeout ?? 0) / 1000} s`;
    throw new SessionError(
      job.session.node,
      'timeout',
      message,
      'Run again: the transfer goes on where it stopped.',
    );
  }
}
