import type { Client, ClientChannel, SFTPWrapper } from 'ssh2';
import { SessionError } from '../../errors.ts';
import type { NodeSettings } from '../../site/deployment.ts';
import type { Launch } from '../agent-link/launch.ts';
import { AgentLink } from '../agent-link/link.ts';
import type { AgentCall, CallOptions, Hello, Session, Transfer, TransferOptions } from '../session.ts';
import { download } from '../transfer/download.ts';
import type { TransferJob } from '../transfer/transfer.ts';
import { upload } from '../transfer/upload.ts';
import { connect } from './connect.ts';

export interface SshOptions {
  readonly launch: Launch;
  /** Milliseconds for the connection, and again for the agent's hello. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  readonly onNoise?: (line: string) => void;
}

/** How long a polite end may take before the connection is cut, ms. */
const closeTimeoutMs = 3_000;

/** One connection, one agent. Throws SessionError: unreachable, host-key, authentication, protocol. */
export async function openSshSession(node: NodeSettings, options: SshOptions): Promise<Session> {
  const { launch, timeout, signal, onNoise } = options;
  const client = await connect(node, timeout, signal);
  try {
    const channel = await startAgent(node.name, client, launch.command);
    const streams = { input: channel, output: channel, errors: channel.stderr };
    const link = new AgentLink(node.name, streams, onNoise ? { onNoise } : {});
    watch(client, channel, link);
    channel.write(launch.sourceLine);
    const hello = await link.hello(timeout, signal);
    return new SshSession(node.name, hello, client, channel, link);
  } catch (error) {
    client.on('error', () => {});
    client.destroy();
    throw error;
  }
}

function startAgent(node: string, client: Client, command: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) reject(new SessionError(node, 'protocol', `the node starts no program: ${error.message}`));
      else resolve(channel);
    });
  });
}

function watch(client: Client, channel: ClientChannel, link: AgentLink): void {
  client.on('error', (error) => link.fail('lost', `the link broke: ${error.message}`));
  client.on('close', () => link.fail('lost', 'the link to the node is gone'));
  let ended = 'the agent ended';
  channel.on('exit', (code: number | null, killedBy?: string) => {
    ended = code === null ? `the agent was ended by ${killedBy}` : `the agent ended with exit code ${code}`;
  });
  // Before 'close' all output has been read, so an answer that was on its way still counts.
  channel.on('close', () => {
    link.fail('lost', ended);
    client.end();
  });
}

class SshSession implements Session {
  #sftp: Promise<SFTPWrapper> | undefined;

  constructor(
    readonly node: string,
    readonly hello: Hello,
    private readonly client: Client,
    private readonly channel: ClientChannel,
    private readonly link: AgentLink,
  ) {}

  call<Result = unknown>(call: AgentCall, options: CallOptions = {}): Promise<Result> {
    return this.link.call<Result>(call, options);
  }

  async put(source: string, target: string, options: TransferOptions = {}): Promise<Transfer> {
    return upload(await this.#job(source, target, options));
  }

  async get(source: string, target: string, options: TransferOptions = {}): Promise<Transfer> {
    return download(await this.#job(source, target, options));
  }

  async close(): Promise<void> {
    if (this.link.failure) return void this.client.destroy();
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
    this.client.destroy();
  }

  async #job(source: string, target: string, options: TransferOptions): Promise<TransferJob> {
    return { session: this, sftp: await this.#openSftp(), lost: this.link.lost, source, target, options };
  }

  /** One SFTP channel for all transfers: Win32-OpenSSH allows ten channels for a connection. */
  #openSftp(): Promise<SFTPWrapper> {
    if (this.link.failure) return Promise.reject(this.link.failure);
    this.#sftp ??= new Promise<SFTPWrapper>((resolve, reject) => {
      this.client.sftp((error, sftp) => {
        if (error)
          reject(
            new SessionError(
              this.node,
              'transfer',
              `no SFTP: ${error.message}`,
              'Is the sftp subsystem set up in sshd_config of the node?',
            ),
          );
        else resolve(sftp);
      });
    });
    return this.#sftp;
  }
}
