import { randomUUID } from 'node:crypto';
import { agentLaunch } from '../agent-link/launch.ts';
import type { OpenOptions } from '../open-options.ts';
import type { Transport } from '../transport.ts';
import { channelTo } from './http/channel.ts';
import { loginTo } from './http/login.ts';
import { urlOf, type WinrmNode } from './http/settings.ts';
import { type Conversation, converse } from './shell/conversation.ts';
import { endShell } from './shell/end-shell.ts';
import { envelopeSize, openShell, startCommand } from './shell/open-shell.ts';
import { wsmanOver } from './shell/wsman.ts';

/** Bytes of the longest envelope that we take: the default of WinRM 3.0 and later. */
const maxEnvelope = 500 * 1024;
/** Milliseconds for whoever is there to take a connection, with TLS and all. */
const connectMs = 30_000;
/** How long a polite end may take, ms. */
const closeTimeoutMs = 3_000;

/**
 * One shell, one command, two connections: one waits for what the agent says, the other takes what it is told. Throws SessionError:
 * unreachable, host-key, authentication, protocol.
 */
export async function openWinrmTransport(node: WinrmNode, options: OpenOptions): Promise<Transport> {
  const { agentSource, signal, silence, timeout } = options;
  const answer = Math.min(options.channel, silence);
  const launch = agentLaunch(agentSource);
  const login = loginTo(node);
  const bounds = { connect: Math.min(timeout, connectMs), answer };
  const channels = { listen: channelTo(node, login, bounds), tell: channelTo(node, login, bounds) };
  const addressing = { url: urlOf(node), maxEnvelope, sessionId: randomUUID() };
  const listen = wsmanOver(node.name, channels.listen, addressing);
  const tell = wsmanOver(node.name, channels.tell, addressing);
  const limits = { limit: answer, signal };
  const closeChannels = (): void => {
    for (const one of Object.values(channels)) one.close();
  };
  let opened: { readonly node: string; readonly shell: string; readonly tell: typeof tell } | undefined;
  try {
    const shell = await openShell(node.name, listen, limits);
    opened = { node: node.name, shell, tell };
    // The other connection logs in meanwhile: once the first was let in, no password is tried twice that is wrong.
    const [command, envelope] = await both(
      startCommand(node.name, listen, shell, launch.command, limits),
      envelopeSize(tell, limits),
    );
    const whole = { ...opened, listen, command: { shell, command }, envelope, closeChannels };
    return transportOf(node.name, await converse(whole, launch, options));
  } catch (error) {
    if (opened) await endShell(opened);
    closeChannels();
    throw error;
  }
}

/** Two things side by side; what is left of one when the other fails is waited for. */
async function both<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

function transportOf(node: string, { hello, link, end }: Conversation): Transport {
  const cut = (): void => {
    // The shell is deleted by what listens to the end of the link.
    link.fail('lost', 'the link to the node is gone');
  };
  return {
    node,
    hello,
    lost: link.lost,
    call: (call, options) => link.call(call, options),
    async close() {
      await link.bye(closeTimeoutMs);
      cut();
      await end();
    },
    cut,
  };
}
