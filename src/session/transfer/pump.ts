import type { ByteChannel } from '../byte-channel.ts';
import type { TransferOptions } from '../session.ts';

/**
 * Moves the bytes `from` to `to` in blocks: `prepare` runs one after another and in order, what it gives runs with at
 * most a window of others, so a broken transfer leaves a file without holes as long as the other side keeps the order.
 */
export async function pump(
  { block, requests }: Pick<ByteChannel, 'block' | 'requests'>,
  [from, to]: readonly [from: number, to: number],
  prepare: (offset: number, length: number) => Promise<() => Promise<void>>,
  { signal, progress }: TransferOptions,
): Promise<void> {
  let running = 0;
  let failure: unknown;
  let done = from;
  // One promise for each wait: a race of all that run costs more than the sending itself.
  let oneEnded = (): void => {};
  const untilOneEnds = (): Promise<void> =>
    new Promise((resolve) => {
      oneEnded = resolve;
    });
  for (let at = from; at < to && failure === undefined; at += block) {
    signal?.throwIfAborted();
    const length = Math.min(block, to - at);
    const transfer = await prepare(at, length);
    running += 1;
    transfer()
      .then(() => {
        done += length;
        progress?.(done, to);
      })
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => {
        running -= 1;
        oneEnded();
      });
    if (running >= requests) await untilOneEnds();
  }
  while (running > 0) await untilOneEnds();
  if (failure !== undefined) throw failure;
}
