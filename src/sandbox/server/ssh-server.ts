import { once } from 'node:events';
import ssh2, {
  type AuthContext,
  type Connection,
  type ParsedKey,
  type PublicKeyAuthContext,
  type Session,
} from 'ssh2';
import { BuildError } from '../../errors.ts';
import type { Secret } from '../../secret.ts';
import type { StandIn } from '../node/backing.ts';
import { openFront } from './front.ts';
import { runCommand } from './run-command.ts';
import { serveSftp } from './sftp.ts';
import { sendAtOnce, socketOf } from './socket.ts';
import { sshServers } from './ssh-servers.ts';

export interface NodeServer {
  readonly port: number;
  /** Cuts every connection; what runs detached on the node goes on. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

export interface ServerSettings {
  /** 0 takes a free one. */
  readonly port: number;
  /** Private key in OpenSSH format. */
  readonly hostKey: string;
  /** The one public key that is let in, in OpenSSH format. */
  readonly clientKey: string;
  /** Of the account; absent: keys alone are taken. */
  readonly password?: Secret;
}

/** Milliseconds for which a node that restarts cannot be reached. */
const bootMs = 2_000;

/**
 * The SSH server of a node: one key and one password, SFTP, and the agent of the stand-in or, where the node has PowerShell, every command.
 * Throws BuildError when the port is taken.
 */
export async function serveNode(node: StandIn, settings: ServerSettings): Promise<NodeServer> {
  const allowed = ssh2.utils.parseKey(settings.clientKey);
  if (allowed instanceof Error) throw new BuildError(`client key: ${allowed.message}`);
  const connections = new Set<Connection>();
  let backAt = 0;
  const serve = (connection: Connection): void => {
    connections.add(connection);
    sendAtOnce(connection);
    if (Date.now() < backAt) socketOf(connection).destroy();
    connection.on('authentication', (context) => authenticate(context, node, allowed, settings.password));
    connection.on('ready', () => connection.on('session', (accept) => serveSession(node, accept())));
    connection.on('close', () => connections.delete(connection));
    connection.on('error', () => {});
  };
  const front = await openFront(node, settings.port, sshServers(settings.hostKey, serve));
  const cut = (): void => {
    for (const connection of connections) socketOf(connection).destroy();
  };
  const goDown = (): void => {
    backAt = Date.now() + bootMs;
    cut();
  };
  node.power.on('restart', goDown);
  const close = (): Promise<void> => {
    node.power.off('restart', goDown);
    cut();
    return front.close();
  };
  return { port: front.port, cut, close };
}

function authenticate(
  context: AuthContext,
  { user, faults }: StandIn,
  allowed: ParsedKey,
  password: Secret | undefined,
): void {
  const takesKeys = !faults.isOn('passwords-only');
  const offered = [
    ...(takesKeys ? ['publickey' as const] : []),
    ...(password || !takesKeys ? ['password' as const] : []),
  ];
  const knows =
    (context.method === 'publickey' && takesKeys && proves(context, allowed)) ||
    (context.method === 'password' && context.password === password?.reveal());
  if (knows && context.username === user && !faults.isOn('login-refused')) context.accept();
  else context.reject(offered);
}

function proves({ key, signature, blob, hashAlgo }: PublicKeyAuthContext, allowed: ParsedKey): boolean {
  if (key.algo !== allowed.type || !key.data.equals(allowed.getPublicSSH())) return false;
  // Without a signature the client only asks whether this key would do.
  return !signature || !blob || allowed.verify(blob, signature, hashAlgo) === true;
}

function serveSession(node: StandIn, session: Session): void {
  session.on('exec', (accept, reject, { command }) => {
    if (node.faults.isOn('programs-refused')) return reject();
    const channel = accept();
    channel.on('error', () => {});
    const closed = once(channel, 'close').catch(() => {});
    const streams = { input: channel, output: channel, words: channel.stderr, closed };
    void runCommand(node, command, streams, { shell: 'default' }).then((exitCode) => {
      if (channel.destroyed) return;
      channel.exit(exitCode >>> 0);
      channel.end();
    });
  });
  session.on('sftp', (accept, reject) =>
    node.faults.isOn('no-sftp') ? reject() : serveSftp(accept(), node),
  );
  for (const event of ['pty', 'shell', 'env'] as const)
    session.on(event, (_accept: unknown, reject: (() => void) | undefined) => reject?.());
}
