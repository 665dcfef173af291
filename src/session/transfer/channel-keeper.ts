import type { ByteChannel } from '../byte-channel.ts';

/** How many channels one transfer may use up: a server whose channels die again and again is not worth a fourth. */
const maxChannels = 3;

/** Does something over a channel, and does it again over a new one where that channel failed. */
export type WithChannel = <T>(act: (channel: ByteChannel) => Promise<T>) => Promise<T>;

/** Keeps one channel for all transfers: Win32-OpenSSH allows ten for a connection. `open` gives a new one; throws what it throws. */
export function channelKeeper(open: () => Promise<ByteChannel>): WithChannel {
  let kept: Promise<ByteChannel> | undefined;
  return async (act) => {
    for (let used = 1; ; used += 1) {
      kept ??= open();
      const mine = kept;
      const forget = (): void => {
        if (kept === mine) kept = undefined;
      };
      const channel = await mine.catch((error: unknown) => {
        forget();
        throw error;
      });
      try {
        return await act(channel);
      } catch (error) {
        if (!channel.failure) throw error;
        forget();
        if (used >= maxChannels) throw error;
      }
    }
  };
}
