import type { NodeOf } from '../../site/deployment.ts';
import { agentLaunch } from '../agent-link/launch.ts';
import { AgentLink } from '../agent-link/link.ts';
import { textOf } from '../foreign-text.ts';
import { endsInTime, type LocalProgram, startProgram } from '../local/program.ts';
import type { OpenOptions } from '../open-options.ts';
import type { Transport } from '../transport.ts';
import { sessionOpened } from './opening.ts';
import { relaySettings } from './parameters.ts';
import { relayProgram } from './program.ts';
import { relayLaunch } from './relay.ts';

/** How long the near end may take to close its session before it is ended, ms. */
const closeTimeoutMs = 3_000;

/**
 * An agent at the other end of a session of PowerShell remoting (PSRP), which a PowerShell of this machine holds open. Files go through
 * calls of the agent. Throws SessionError: unreachable, host-key, authentication, protocol.
 */
export async function openPsremotingTransport(
  node: NodeOf<'psremoting'>,
  options: OpenOptions,
): Promise<Transport> {
  options.signal?.throwIfAborted();
  const launch = agentLaunch(options.agentSource);
  const relay = relayLaunch();
  const file = relayProgram(node);
  const program = startProgram(file, relay.args);
  const { stdin, stdout, stderr } = program.child;
  // It may end without reading; its end says why.
  stdin.on('error', () => {});
  let link: AgentLink | undefined;
  try {
    const settings = relaySettings(node, options, launch.arguments.join(' '));
    stdin.write(`${relay.sourceLine}${JSON.stringify(settings)}\n`);
    await sessionOpened(node, file, program, options);
    const { onNoise } = options;
    const streams = { input: stdin, output: stdout, errors: stderr };
    link = new AgentLink(node.name, streams, onNoise ? { onNoise } : {});
    stdout.resume();
    void program.ended.then((end) => link?.fail('lost', describedEnd(end)));
    // An endpoint that has the agent installed takes no source.
    if (!node.jea) stdin.write(launch.sourceLine);
    return transportOf(node.name, await link.hello(options.hello, options.signal), program, link);
  } catch (error) {
    if (link) void ended(program);
    else program.kill();
    throw error;
  }
}

/** The near end gives the exit code of the agent for its own, and 255 where its session ended first, as ssh does. */
function describedEnd(end: string): string {
  if (end === 'ended with exit code 255') return 'the session of PowerShell to the node is gone';
  return `the agent ${textOf(end, 1_000)}`;
}

function transportOf(node: string, hello: unknown, program: LocalProgram, link: AgentLink): Transport {
  const cut = async (): Promise<void> => {
    link.fail('lost', 'the link to the node is gone');
    await ended(program);
  };
  return {
    node,
    hello,
    lost: link.lost,
    call: (call, options) => link.call(call, options),
    async close() {
      await link.bye(closeTimeoutMs);
      await cut();
    },
    cut: () => void cut(),
  };
}

/** The end of its input makes the near end close the session, and with it the agent; one that cannot is ended. */
async function ended({ child, ended: end, kill }: LocalProgram): Promise<void> {
  child.stdin.destroy();
  if (!(await endsInTime(end, closeTimeoutMs))) kill();
}
