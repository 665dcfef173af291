import type { Client, ClientChannel, SFTPWrapper } from 'ssh2';
import { SessionError } from '../../errors.ts';
import type { NodeOf } from '../../site/deployment.ts';
import { agentLaunch } from '../agent-link/launch.ts';
import { findsNoPowerShell, noPowerShell } from '../agent-link/launch-failure.ts';
import { AgentLink } from '../agent-link/link.ts';
import { bounded } from '../bounded.ts';
import type { ByteChannel } from '../byte-channel.ts';
import { textOf } from '../foreign-text.ts';
import type { OpenOptions } from '../open-options.ts';
import type { AgentCall, CallOptions } from '../session.ts';
import type { Transport } from '../transport.ts';
import { connect, type SshConnection } from './connect.ts';
import { sftpChannel } from './sftp-channel.ts';
import { shellPath } from './shell-path.ts';
import { targetOf } from './target.ts';

/** How long a polite end may take before the connection is cut, ms. */
const closeTimeoutMs = 3_000;

/** Channels of a connection, of which sshd allows ten (MaxSessions): one is that of the agent, the others are for files. */
const maxChannels = 8;

/** One connection, one agent. Throws SessionError: unreachable, host-key, authentication, protocol. */
export async function openSshTransport(node: NodeOf<'ssh'>, options: OpenOptions): Promise<Transport> {
  const { agentSource, signal, onNoise } = options;
  const launch = agentLaunch(agentSource);
  const connection = await connect(targetOf(node), options, signal);
  const { client } = connection;
  try {
    const program = await startAgent(node.name, client, launch.command, options);
    const { channel } = program;
    const streams = { input: channel, output: channel, errors: channel.stderr };
    const link = new AgentLink(node.name, streams, onNoise ? { onNoise } : {});
    watch(client, program, link);
    channel.write(launch.sourceLine);
    const hello = await link.hello(options.hello, signal);
    return new SshTransport(node.name, hello, connection, channel, link, options);
  } catch (error) {
    connection.cut();
    throw error;
  }
}

/** The channel of the agent, and how its program ended: told at once, as one that cannot start ends with the channel's first words. */
interface AgentProgram {
  readonly channel: ClientChannel;
  readonly end: { exitCode?: number; killedBy?: string };
}

async function startAgent(
  node: string,
  client: Client,
  command: string,
  { channel: ms, signal }: OpenOptions,
): Promise<AgentProgram> {
  const end: AgentProgram['end'] = {};
  const started = answered<ClientChannel>(
    client,
    (done) =>
      client.exec(command, (error, channel) => {
        if (!error) noteEnd(channel, end);
        done(error, channel);
      }),
    (error) =>
      new SessionError(node, 'protocol', `the node starts no program: ${textOf(error.message, 1_000)}`),
  );
  const late = (): SessionError =>
    new SessionError(node, 'protocol', `the node started no program within ${ms / 1000} s`);
  return { channel: await bounded(started, { limit: { ms, late }, signals: [signal] }), end };
}

function noteEnd(channel: ClientChannel, end: AgentProgram['end']): void {
  channel.on('exit', (code: number | null, killedBy?: string) => {
    if (code === null) end.killedBy = textOf(killedBy, 100) ?? '';
    else end.exitCode = code;
  });
}

/** The answer to a request of ssh2, which throws where there is no connection, and gives no answer where it ends. */
function answered<Answer>(
  client: Client,
  request: (done: (error: Error | undefined, answer: Answer) => void) => unknown,
  failed: (error: Error) => SessionError,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(failed(new Error('the link to the node is gone')));
    client.once('close', gone);
    try {
      request((error, answer) => {
        client.off('close', gone);
        if (error) reject(failed(error));
        else resolve(answer);
      });
    } catch {
      gone();
    }
  });
}

function watch(client: Client, { channel, end }: AgentProgram, link: AgentLink): void {
  client.on('error', (error) => link.fail('lost', `the link broke: ${textOf(error.message, 1_000)}`));
  client.on('close', () => link.fail('lost', 'the link to the node is gone'));
  // Before 'close' all output has been read, so an answer that was on its way still counts.
  channel.on('close', async () => {
    if (!link.hasGreeted && findsNoPowerShell(end.exitCode, link.printed))
      link.refuse(noPowerShell(textOf(await shellPath(client), 2_000)));
    link.fail('lost', describedEnd(end));
    client.end();
  });
}

function describedEnd({ exitCode, killedBy }: AgentProgram['end']): string {
  if (killedBy !== undefined) return `the agent was ended by ${killedBy}`;
  return exitCode === undefined ? 'the agent ended' : `the agent ended with exit code ${exitCode}`;
}

class SshTransport implements Transport {
  private channels = 1;

  constructor(
    readonly node: string,
    readonly hello: unknown,
    private readonly connection: SshConnection,
    private readonly channel: ClientChannel,
    private readonly link: AgentLink,
    private readonly options: Pick<OpenOptions, 'abort' | 'channel' | 'idle'>,
  ) {}

  get lost(): Promise<never> {
    return this.link.lost;
  }

  call(call: AgentCall, options: CallOptions = {}): Promise<unknown> {
    return this.link.call(call, options);
  }

  async close(): Promise<void> {
    if (this.link.failure) return this.cut();
    await this.link.bye(closeTimeoutMs);
    this.channel.end();
    const { client } = this.connection;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, closeTimeoutMs);
      client.once('close', () => {
        clearTimeout(late);
        resolve();
      });
      client.end();
    });
    this.cut();
  }

  cut(): void {
    // Now and not once the connection is gone: whoever is told what the node prints may not be there any longer.
    this.link.fail('lost', 'the link to the node is gone');
    this.connection.cut();
  }

  openChannel(): Promise<ByteChannel> {
    const { node, link } = this;
    const { client } = this.connection;
    const { abort, channel: ms, idle } = this.options;
    if (link.failure) return Promise.reject(link.failure);
    const failed = (error: Error): SessionError =>
      link.failure ?? new SessionError(node, 'transfer', `no SFTP: ${textOf(error.message, 1_000)}`, setUp);
    if (this.channels >= maxChannels)
      return Promise.reject(failed(new Error(`${maxChannels} channels are open already`)));
    this.channels += 1;
    const closed = (): void => {
      this.channels -= 1;
    };
    const opened = answered<SFTPWrapper>(client, (done) => client.sftp(done), failed);
    opened.then((sftp) => sftp.once('close', closed), closed);
    const late = (): SessionError => failed(new Error(`the node opened none within ${ms / 1000} s`));
    return bounded(opened, { limit: { ms, late }, signals: [abort] }).then((sftp) =>
      sftpChannel({ node, sftp, lost: link.lost, idle }),
    );
  }
}

const setUp = 'Is the sftp subsystem set up in sshd_config of the node?';
