import type { AskOptions } from '../http/channel.ts';
import { BrokenError } from '../http/connection.ts';
import { faultError, isTimedOut } from '../soap/fault.ts';
import { type CommandOf, sendInput } from '../soap/messages.ts';
import type { Sent } from './line-sender.ts';
import type { Ask } from './wsman.ts';

/** Bytes of an envelope that are not the input itself. */
const wrapping = 4 * 1024;

/** Bytes of input that fit into an envelope, as base64 of it. */
export function roomIn(envelope: number): number {
  return Math.floor((envelope - wrapping) / 4) * 3;
}

/** Sends input to a command, and tells what became of it. Throws SessionError, and the reason of the signal. */
export function sendTo(
  node: string,
  ask: Ask,
  command: CommandOf,
  options: AskOptions,
): (bytes: Buffer) => Promise<Sent> {
  return async (bytes) => {
    try {
      const { fault } = await ask(sendInput(command, bytes), options);
      if (!fault) return 'arrived';
      // A node under load says so also of input that it has taken, wholly or in part.
      if (isTimedOut(fault)) return 'doubtful';
      throw faultError(node, 'to take input', fault);
    } catch (error) {
      if (!(error instanceof BrokenError)) throw error;
      return error.because === 'unsent' ? 'unsent' : 'doubtful';
    }
  };
}
