import { PassThrough } from 'node:stream';
import type { NodeOf } from '../../site/deployment.ts';
import { agentLaunch } from '../agent-link/launch.ts';
import { AgentLink } from '../agent-link/link.ts';
import { textOf } from '../foreign-text.ts';
import type { OpenOptions } from '../open-options.ts';
import type { Transport } from '../transport.ts';
import { localChannel } from './channel.ts';
import { powerShellProgram } from './powershell-program.ts';
import { endsInTime, type LocalProgram, startProgram } from './program.ts';

/** How long an agent may take to end by itself before it is ended with all that it started, ms. */
const closeTimeoutMs = 3_000;

/** An agent beside oriel, on the node itself. Throws SessionError: unreachable, protocol. */
export async function openLocalTransport(
  node: NodeOf<'local'>,
  { agentSource, signal, onNoise, hello }: OpenOptions,
): Promise<Transport> {
  signal?.throwIfAborted();
  const launch = agentLaunch(agentSource);
  const file = powerShellProgram(node);
  const program = startProgram(file, launch.arguments);
  const { stdin, stdout, stderr } = program.child;
  // A program that reads nothing is told by its end, which says more than a broken pipe.
  const input = new PassThrough().on('close', () => stdin.destroy());
  input.pipe(stdin).on('error', () => {});
  const streams = { input, output: stdout, errors: stderr };
  const link = new AgentLink(node.name, streams, onNoise ? { onNoise } : {});
  void program.ended.then((end) => {
    if (link.hasGreeted) link.fail('lost', `the agent ${textOf(end, 1_000)}`);
    else link.fail('unreachable', `${file} ${textOf(end, 1_000)}`, remedy);
  });
  try {
    input.write(launch.sourceLine);
    return transportOf(node.name, await link.hello(hello, signal), program, link);
  } catch (error) {
    end(program, link);
    throw error;
  }
}

const remedy = 'Is it a PowerShell? `powershell` of the node in the site file names another one.';

function transportOf(node: string, hello: unknown, program: LocalProgram, link: AgentLink): Transport {
  return {
    node,
    onController: true,
    hello,
    lost: link.lost,
    call: (call, options) => link.call(call, options),
    // Elsewhere than on Windows the paths of a node are no paths of this machine.
    ...(process.platform === 'win32' && { openChannel: async () => localChannel(node, link) }),
    async close() {
      await link.bye(closeTimeoutMs);
      await end(program, link);
    },
    cut: () => void end(program, link),
  };
}

/** Ends the link at once, and its agent by the end of its input; done when it is gone. */
async function end({ ended, kill }: LocalProgram, link: AgentLink): Promise<void> {
  link.fail('lost', 'the link to the node is gone');
  if (await endsInTime(ended, closeTimeoutMs)) return;
  kill();
  await endsInTime(ended, closeTimeoutMs);
}
