import { once } from 'node:events';
import type { Duplex, Writable } from 'node:stream';
import type { AgentCall } from '../../../src/session/session.ts';
import { hello, onRequest } from '../scripted.ts';
import type { Answer, Fault, Outlet } from './faults.ts';

/** Which fault the next call of a name has; taken away once it has happened. */
export interface Plan {
  fault: { readonly call: string; readonly fault: Fault } | undefined;
  /** Told of each call that comes. */
  readonly onCall?: (call: string) => void;
}

/** The streams of a program on a node, and how it ends. */
export interface ProgramChannel extends Duplex {
  readonly stderr: Writable;
  exit(code: number): void;
  close(): void;
}

/** The program of a hostile node: answers right until the call of the plan comes. `answer` gives what a good agent answers. */
export function hostileProgram(
  channel: ProgramChannel,
  plan: Plan,
  answer: (request: AgentCall & { readonly id: number }) => Promise<object>,
  reset: () => void,
  greeting = hello,
): void {
  const out = outletOf(channel, reset);
  let deaf = false;
  let work: Promise<void> = Promise.resolve();
  channel.on('error', () => {});
  channel.stderr.on('error', () => {});
  channel.write(greeting);
  onRequest(channel, (request) => {
    plan.onCall?.(request.call);
    const struck = plan.fault?.call === request.call ? plan.fault.fault : undefined;
    if (struck) plan.fault = undefined;
    // One call at a time, as every agent.
    work = work.then(async () => {
      if (deaf) return;
      const message = await answer(request);
      if (!struck || !('result' in message)) return out.write(`${JSON.stringify(message)}\n`);
      deaf = struck.ends === 'silence';
      await struck.act(message as Answer, out);
    });
  });
}

function outletOf(channel: ProgramChannel, reset: () => void): Outlet {
  const written = async (stream: NodeJS.WritableStream, data: string | Buffer): Promise<void> => {
    if (!channel.writable || stream.write(data)) return;
    const over = new AbortController();
    const events = [once(stream, 'drain', over), once(channel, 'close', over)];
    // Who is gone reads nothing.
    await Promise.any(events).catch(() => {});
    over.abort();
    for (const event of events) event.catch(() => {});
  };
  return {
    write: (data) => written(channel, data),
    writeError: (data) => written(channel.stderr, data),
    exit(code) {
      if (code !== undefined) channel.exit(code);
      channel.close();
    },
    endOutput: () => void channel.end(),
    reset,
  };
}
