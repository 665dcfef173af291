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
  const running = new Set<Promise<void>>();
  let failure: unknown;
  let done = from;
  for (let at = from; at < to && failure === undefined; at += block) {
    signal?.throwIfAborted();
    const length = Math.min(block, to - at);
    const transfer = (await prepare(at, length))()
      .then(() => {
        done += length;
        progress?.(done, to);
      })
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => running.delete(transfer));
    running.add(transfer);
    if (running.size >= requests) await Promise.race(running);
  }
  await Promise.all(running);
  if (failure !== undefined) throw failure;
}
