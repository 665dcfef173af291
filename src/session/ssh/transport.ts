import type { Client, ClientChannel } from 'ssh2';
import { SessionError } from '../../errors.ts';
import type { NodeOf } from '../../site/deployment.ts';
import { agentLaunch } from '../agent-link/launch.ts';
import { AgentLink } from '../agent-link/link.ts';
import type { ByteChannel } from '../byte-channel.ts';
import { textOf } from '../foreign-text.ts';
import type { OpenOptions } from '../open-options.ts';
import type { AgentCall, CallOptions } from '../session.ts';
import type { Transport } from '../transport.ts';
import { connect } from './connect.ts';
import { sftpChannel } from './sftp-channel.ts';

/** How long a polite end may take before the connection is cut, ms. */
const closeTimeoutMs = 3_000;

/** One connection, one agent. Throws SessionError: unreachable, host-key, authentication, protocol. */
export async function openSshTransport(node: NodeOf<'ssh'>, options: OpenOptions): Promise<Transport> {
  const { agentSource, signal, onNoise } = options;
  const launch = agentLaunch(agentSource);
  const client = await connect(node, options, signal);
  try {
    const channel = await startAgent(node.name, client, launch.command);
    const streams = { input: channel, output: channel, errors: channel.stderr };
    const link = new AgentLink(node.name, streams, onNoise ? { onNoise } : {});
    watch(client, channel, link);
    channel.write(launch.sourceLine);
    const hello = await link.hello(options.hello, signal);
    return new SshTransport(node.name, hello, client, channel, link);
  } catch (error) {
    client.on('error', () => {});
    client.destroy();
    throw error;
  }
}

function startAgent(node: string, client: Client, command: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error)
        reject(
          new SessionError(node, 'protocol', `the node starts no program: ${textOf(error.message, 1_000)}`),
        );
      else resolve(channel);
    });
  });
}

function watch(client: Client, channel: ClientChannel, link: AgentLink): void {
  client.on('error', (error) => link.fail('lost', `the link broke: ${textOf(error.message, 1_000)}`));
  client.on('close', () => link.fail('lost', 'the link to the node is gone'));
  let ended = 'the agent ended';
  channel.on('exit', (code: number | null, killedBy?: string) => {
    ended =
      code === null
        ? `the agent was ended by ${textOf(killedBy, 100)}`
        : `the agent ended with exit code ${code}`;
  });
  // Before 'close' all output has been read, so an answer that was on its way still counts.
  channel.on('close', () => {
    link.fail('lost', ended);
    client.end();
  });
}

class SshTransport implements Transport {
  constructor(
    readonly node: string,
    readonly hello: unknown,
    private readonly client: Client,
    private readonly channel: ClientChannel,
    private readonly link: AgentLink,
  ) {}

  get lost(): Promise<never> {
    return this.link.lost;
  }

  call(call: AgentCall, options: CallOptions = {}): Promise<unknown> {
    return this.link.call(call, options);
  }

  async close(): Promise<void> {
    if (this.link.failure) return this.cut();
    // A busy agent is not asked: the end of its input ends it in the middle of the call.
    if (this.link.idle) await this.call({ call: 'bye' }, { timeout: closeTimeoutMs }).catch(() => {});
    this.channel.end();
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, closeTimeoutMs);
      this.client.once('close', () => {
        clearTimeout(late);
        resolve();
      });
      this.client.end();
    });
    this.cut();
  }

  cut(): void {
    // Now and not once the connection is gone: whoever is told what the node prints may not be there any longer.
    this.link.fail('lost', 'the link to the node is gone');
    this.client.destroy();
  }

  /** One SFTP channel for all transfers: Win32-OpenSSH allows ten channels for a connection. */
  openChannel(): Promise<ByteChannel> {
    const { node, client, link } = this;
    if (link.failure) return Promise.reject(link.failure);
    return new Promise((resolve, reject) => {
      client.sftp((error, sftp) => {
        if (!error) resolve(sftpChannel({ node, sftp, lost: link.lost }));
        else
          reject(
            new SessionError(
              node,
              'transfer',
              `no SFTP: ${textOf(error.message, 1_000)}`,
              'Is the sftp subsystem set up in sshd_config of the node?',
            ),
          );
      });
    });
  }
}
