import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { AcceptedContext } from '../accept/accept-context.ts';
import type { Account } from '../service/service.ts';

/** What a TCP connection of a client has been found to be: HTTP.sys asks each anew, and seals with what it found out there. */
export interface Connection {
  readonly socket: Socket;
  /** In DER: our own of a TLS connection. */
  readonly certificate?: Buffer;
  /** Of the client, where it has shown one. */
  readonly clientCertificate?: { readonly subject: string; readonly isTrusted: boolean };
  context?: AcceptedContext | undefined;
  account?: Account;
  /** Cuts it where nothing is said. */
  idle?: NodeJS.Timeout;
  /** The message before this one is answered. */
  turn: Promise<unknown>;
}

export function connectionOf(socket: Socket): Connection {
  return { socket, turn: Promise.resolve(), ...tlsOf(socket) };
}

function tlsOf(socket: Socket): Pick<Connection, 'certificate' | 'clientCertificate'> {
  if (!('encrypted' in socket)) return {};
  const tls = socket as TLSSocket;
  const own = tls.getX509Certificate()?.raw;
  const peer = tls.getPeerX509Certificate();
  return {
    ...(own && { certificate: own }),
    ...(peer && { clientCertificate: { subject: peer.subject, isTrusted: tls.authorized } }),
  };
}
