import { readFile } from 'node:fs/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { SessionError } from '../../../errors.ts';
import { bounded } from '../../bounded.ts';
import { textOf } from '../../foreign-text.ts';
import { throughProxy } from './proxy.ts';
import { type HttpBounds, hostOf, type WinrmNode } from './settings.ts';
import { trustProblem } from './trust.ts';

/**
 * Opens a connection to a node, over TLS where its scheme is https: directly, or through the proxy that the site names, never one that
 * only the environment names. The certificate is checked before anything of ours is sent. Throws SessionError: unreachable, host-key.
 */
export async function openSocket(node: WinrmNode, bounds: HttpBounds, signal?: AbortSignal): Promise<Socket> {
  signal?.throwIfAborted();
  const tls = node.scheme === 'https' ? await tlsOptions(node) : undefined;
  let open: Socket | undefined;
  const steps = async (): Promise<Socket> => {
    open = await tcp(node);
    if (node.proxy !== undefined) await throughProxy(open, node, bounds.connect);
    if (!tls) return open;
    const secured = await handshake(node, open, tls);
    open = secured;
    const problem = trustProblem(node, secured);
    if (problem) throw problem;
    return secured;
  };
  const late = (): SessionError =>
    unreachable(node, `nothing came from it within ${bounds.connect / 1000} s`);
  try {
    const socket = await bounded(steps(), { limit: { ms: bounds.connect, late }, signals: [signal] });
    socket.setNoDelay(true);
    return socket;
  } catch (error) {
    open?.on('error', () => {}).destroy();
    throw error;
  }
}

function tcp(node: WinrmNode): Promise<Socket> {
  const target = node.proxy === undefined ? undefined : new URL(node.proxy);
  const host = target ? target.hostname.replace(/^\[|\]$/g, '') : node.address;
  const socket = connectTcp({ host, port: target ? Number(target.port || 80) : node.port });
  return ready(node, socket, 'connect');
}

function handshake(node: WinrmNode, socket: Socket, options: ConnectionOptions): Promise<TLSSocket> {
  return ready(node, connectTls({ ...options, socket }), 'secureConnect');
}

function ready<Kind extends Socket>(node: WinrmNode, socket: Kind, event: string): Promise<Kind> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void =>
      reject(unreachable(node, textOf(error.message, 1_000) ?? '', error));
    socket.once('error', failed);
    socket.once('close', () => failed(new Error('the node closed the connection')));
    socket.once(event, () => {
      socket.off('error', failed);
      // Later errors are those of the request that is under way.
      socket.on('error', () => {});
      resolve(socket);
    });
  });
}

async function tlsOptions(node: WinrmNode): Promise<ConnectionOptions> {
  const { address, ca, certificate, certificateKey } = node;
  const own = certificate !== undefined && {
    cert: await readPem(node, certificate),
    key: await readPem(node, certificateKey ?? certificate),
    // Windows asks for the certificate of a client by renegotiation, which TLS 1.3 does not have.
    maxVersion: 'TLSv1.2' as const,
  };
  return {
    host: address,
    ...(isIP(address) === 0 && { servername: address }),
    ...(ca !== undefined && { ca: await readPem(node, ca) }),
    ...own,
    // Judged by trustProblem, which can show what the node has shown, and knows pinned fingerprints.
    rejectUnauthorized: false,
  };
}

async function readPem(node: WinrmNode, path: string): Promise<Buffer> {
  return readFile(path).catch((error: Error) => {
    throw new SessionError(node.name, 'authentication', `${path} cannot be read: ${error.message}`);
  });
}

/** Nobody answers there, or not as a server of this kind would. */
export function unreachable(node: WinrmNode, reason: string, cause?: Error): SessionError {
  const by = node.proxy === undefined ? '' : ` through ${node.proxy}`;
  return new SessionError(
    node.name,
    'unreachable',
    `no connection to ${hostOf(node.address)}:${node.port}${by}: ${reason}`,
    'Is the address right, is WinRM set up there (`winrm enumerate winrm/config/listener`), and does the firewall let the port through?',
    { cause },
  );
}
