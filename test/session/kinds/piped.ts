import { Duplex, PassThrough, type Writable } from 'node:stream';
import { speak } from '../../../src/sandbox/agent/speaker.ts';
import { AgentLink } from '../../../src/session/agent-link/link.ts';
import { agentSession } from '../../../src/session/open/agent-session.ts';
import type { OpenOptions } from '../../../src/session/open-options.ts';
import type { Transport } from '../../../src/session/transport.ts';
import type { Served, SessionKind } from '../contract.ts';

/** Over the streams of a program, as a way has them that knows no SFTP: files go through calls of the agent. */
export const overPipes: SessionKind = {
  name: 'over pipes alone',
  serve: async (node) => served((streams) => void speak(node, streams, streams)),
  script: async (agent) => served(agent),
};

/** The same to a program of one's own, which has a standard error too. */
export function served(agent: (streams: Duplex & { readonly stderr: Writable }) => void): Served {
  const cuts = new Set<() => void>();
  const cut = (): void => {
    for (const each of cuts) each();
  };
  const open = async (
    most: number,
    { hello = 30_000, signal, onNoise, ...options }: Partial<OpenOptions>,
  ) => {
    signal?.throwIfAborted();
    const { near, far, errors, cutNow } = pipes(most);
    cuts.add(cutNow);
    const link = new AgentLink('glance-1', { input: near, output: near, errors }, onNoise ? { onNoise } : {});
    agent(Object.assign(far, { stderr: errors }));
    return agentSession(await transportOver(link, near, cutNow, hello, signal), options);
  };
  return {
    open: (options = {}) => open(Number.POSITIVE_INFINITY, options),
    openCutAfter: (bytes) => open(bytes, {}),
    cut,
    close: async () => cut(),
  };
}

async function transportOver(
  link: AgentLink,
  near: Duplex,
  cut: () => void,
  timeout: number,
  signal?: AbortSignal,
): Promise<Transport> {
  near.on('end', () => link.fail('lost', 'the agent ended'));
  near.on('close', () => link.fail('lost', 'the link to the node is gone'));
  near.write('source\n');
  try {
    return {
      node: 'glance-1',
      hello: await link.hello(timeout, signal),
      lost: link.lost,
      call: (call, options) => link.call(call, options),
      close: async () => cut(),
      cut,
    };
  } catch (error) {
    cut();
    throw error;
  }
}

/** Two ends of one cable; cut for both once `most` bytes have gone to the far one. */
function pipes(most: number): { near: Duplex; far: Duplex; errors: PassThrough; cutNow: () => void } {
  const [there, back] = [new PassThrough(), new PassThrough()];
  let left = most;
  const [toFar, errors] = [new PassThrough(), new PassThrough()];
  there.on('data', (chunk: Buffer) => {
    const part = chunk.subarray(0, left);
    left -= part.length;
    toFar.write(part);
    if (left <= 0) setImmediate(cutNow);
  });
  const near = Duplex.from({ writable: there, readable: back });
  const far = Duplex.from({ writable: back, readable: toFar });
  const ends = [near, far, there, back, toFar, errors];
  const cutNow = (): void => {
    for (const end of ends) end.destroy();
  };
  for (const end of ends) end.on('error', () => {});
  return { near, far, errors, cutNow };
}
