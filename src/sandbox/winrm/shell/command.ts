import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { StandIn } from '../../node/backing.ts';
import type { CommandOptions } from '../../node/command.ts';
import type { runCommand } from '../../server/run-command.ts';
import { WsmanFault } from '../soap/fault.ts';
import { newId } from '../soap/reply.ts';
import { outlet, type Piece } from './outlet.ts';

export interface Output {
  readonly pieces: readonly Piece[];
  /** Present when the program has ended and all that it wrote was given. */
  readonly exitCode?: number;
}

/** A command line that runs in a shell, until somebody signals its end. */
export interface ShellCommand {
  readonly id: string;
  /**
   * Done when the program has taken what it was sent before. Throws WsmanFault: `pipeEnded`, or `timedOut` after so many milliseconds,
   * where the bytes are on their way all the same.
   */
  readonly send: (data: Buffer, isLast: boolean, timeout: number) => Promise<void>;
  /** What it has written, at most so many bytes; waits for some. Throws WsmanFault `timedOut`. */
  readonly receive: (most: number, timeout: number, gone: AbortSignal) => Promise<Output>;
  /** Ends the program where it still runs, as Ctrl-C does. */
  readonly interrupt: () => void;
  /** Ends the program; nobody asks for its output any more. */
  readonly terminate: () => void;
  readonly hasEnded: () => boolean;
}

/** STATUS_CONTROL_C_EXIT of ntstatus.h. */
const interrupted = 0xc000013a;

export function startCommand(
  node: StandIn,
  run: typeof runCommand,
  line: string,
  options: CommandOptions,
): ShellCommand {
  const input = new PassThrough();
  const out = outlet();
  const client = new AbortController();
  let exitCode: number | undefined;
  let changed = (): void => {};
  out.onChange(() => changed());
  const closed = once(client.signal, 'abort');
  const streams = { input, output: out.stdout, words: out.stderr, closed };
  void run(node, line, streams, options).then((code) => {
    exitCode ??= code >>> 0;
    changed();
  });
  const end = (): void => {
    client.abort();
    input.destroy();
  };
  const isReady = (): boolean => !out.isEmpty() || exitCode !== undefined;
  return {
    id: newId(),
    async send(data, isLast, timeout) {
      if (exitCode !== undefined || input.destroyed || input.writableEnded) throw new WsmanFault('pipeEnded');
      const isTaken = input.write(data);
      if (isLast) input.end();
      if (!isTaken && !(await within(timeout, (done) => void input.once('drain', done))))
        throw new WsmanFault('timedOut');
    },
    async receive(most, timeout, gone) {
      const waits = (done: () => void): void => {
        changed = done;
        gone.addEventListener('abort', done, { once: true });
      };
      if (!isReady() && !(await within(timeout, waits))) throw new WsmanFault('timedOut');
      // What is written in one go belongs into one reply.
      await new Promise((resolve) => setImmediate(resolve));
      if (gone.aborted) return { pieces: [] };
      const pieces = out.take(most);
      return { pieces, ...(exitCode !== undefined && out.isEmpty() && { exitCode }) };
    },
    interrupt() {
      exitCode ??= interrupted;
      end();
      changed();
    },
    terminate: end,
    hasEnded: () => exitCode !== undefined,
  };
}

/** Whether something happened before its time was over. */
async function within(timeout: number, wait: (done: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), timeout);
    wait(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
