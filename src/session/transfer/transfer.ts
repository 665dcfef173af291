import { SessionError } from '../../errors.ts';
import type { ByteChannel } from '../byte-channel.ts';
import type { Session, TransferOptions } from '../session.ts';

/** What a node's Get-FileState says of a path. */
export interface PartialFile {
  readonly kind: 'absent' | 'file' | 'directory';
  readonly length?: number;
  readonly sha256?: string;
}

export interface TransferJob {
  readonly session: Pick<Session, 'node' | 'call'>;
  readonly channel: ByteChannel;
  readonly source: string;
  readonly target: string;
  readonly options: TransferOptions;
}

/** Runs a transfer under its time limit and signal; what they end is thrown as they say. */
export async function limited<T>(
  job: TransferJob,
  run: (options: TransferOptions) => Promise<T>,
): Promise<T> {
  const { timeout, signal, progress } = job.options;
  const timer = timeout ? AbortSignal.timeout(timeout) : undefined;
  const signals = [timer, signal].filter((each) => each !== undefined);
  try {
    return await run({
      ...(progress && { progress }),
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
    });
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
