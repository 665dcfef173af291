import { BalancerError, BuildError } from '../errors.ts';
import type { Balancer } from '../plan/rollout/drain.ts';
import { run } from '../process.ts';
import type { CommandDrain, KeepalivedDrain, NodeSettings } from '../site/deployment.ts';
import { fill } from './fill.ts';

/**
 * Any load balancer by a program of the controller: `{action}` is `drain` or `ready`. It ends when no request is under way
 * through the node any more, or when the node is sent to again.
 */
export function byCommand({ timeout, command }: CommandDrain): Balancer {
  const act = async (node: NodeSettings, action: 'drain' | 'ready', signal: AbortSignal): Promise<void> => {
    const words = command.map((word) => fill(word, node, { action }));
    await runFor(node, words, { timeout, signal });
  };
  return {
    isDrained: async () => false,
    drain: async (node, signal) => {
      await act(node, 'drain', signal);
      return 0;
    },
    undrain: (node, signal) => act(node, 'ready', signal),
  };
}

/**
 * keepalived by the file that a FILE_CHECK of the node's `real_server` tracks (keepalived.conf(5)): its number is added to
 * the weight. The file is written by `tee` behind `via`, so that no text of ours is read by a shell here.
 */
export function keepalived({ timeout, via, trackFile, out, back }: KeepalivedDrain): Balancer {
  const write = (node: NodeSettings, value: string, signal: AbortSignal): Promise<void> =>
    runFor(node, [...via, 'tee', fill(trackFile, node)], { timeout, signal, input: `${value}\n` });
  return {
    isDrained: async () => false,
    drain: async (node, signal) => {
      await write(node, out, signal);
      return 0;
    },
    undrain: (node, signal) => write(node, back, signal),
  };
}

async function runFor(
  { name }: NodeSettings,
  [file = '', ...args]: readonly string[],
  {
    timeout,
    ...options
  }: { readonly timeout: number; readonly signal: AbortSignal; readonly input?: string },
): Promise<void> {
  try {
    await run(file, args, { ...options, timeout: timeout * 1000, ofUser: true });
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    throw new BalancerError(name, error.message, 'see `rollout.drain` in the site file');
  }
}
