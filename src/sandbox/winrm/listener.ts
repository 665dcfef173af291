import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { BuildError } from '../../errors.ts';
import type { StandIn } from '../node/backing.ts';

/** What a listener of HTTPS shows, both in PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly certificate: string;
}

export interface TlsSettings {
  /** Asked at each connection. */
  readonly certificate: () => ServerCertificate;
  /** Issuer of the certificates that clients may show, in PEM. */
  readonly clientIssuer?: string;
}

interface Listener {
  readonly port: number;
  readonly sockets: ReadonlySet<Socket>;
  readonly shut: () => Promise<void>;
  readonly open: () => Promise<void>;
}

/** One of HTTP and one of HTTPS. */
export interface Listeners {
  readonly ports: { readonly http: number; readonly https: number };
  readonly connections: () => number;
  readonly cut: () => void;
  /** Takes no new connections until `open` again; done when the old ones have ended. */
  readonly shut: () => Promise<unknown>;
  readonly open: () => void;
}

/** Listens on two ports of a node, of which 0 is a free one. Throws BuildError when one is taken. */
export async function listenOnBoth(
  node: StandIn,
  ports: Listeners['ports'],
  onRequest: RequestListener,
  tls: TlsSettings,
): Promise<Listeners> {
  const http = await listenOn(node, ports.http, onRequest);
  const https = await listenOn(node, ports.https, onRequest, tls).catch(async (error: Error) => {
    await http.shut();
    throw error;
  });
  const both = [http, https];
  const sockets = (): readonly Socket[] => both.flatMap((each) => [...each.sockets]);
  return {
    ports: { http: http.port, https: https.port },
    connections: () => sockets().length,
    cut: () => sockets().forEach((socket) => void socket.destroy()),
    shut: () => Promise.all(both.map(({ shut }) => shut())),
    open: () => both.forEach(({ open }) => void open().catch(() => {})),
  };
}

async function listenOn(
  { name, address }: StandIn,
  port: number,
  onRequest: RequestListener,
  tls?: TlsSettings,
): Promise<Listener> {
  const server = tls ? httpsServer(tls, onRequest) : createHttpServer(onRequest);
  // HTTP.sys waits two minutes; who wants it otherwise says so by a fault.
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  let bound = port;
  const open = async (): Promise<void> => {
    server.listen(bound, address);
    await once(server, 'listening').catch((error: Error) => {
      throw new BuildError(
        `${name}: no WinRM service on ${address}:${bound}: ${error.message}`,
        'Choose another address, or end the sandbox that has it.',
      );
    });
  };
  await open();
  bound = (server.address() as AddressInfo).port;
  const shut = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { port: bound, sockets, shut, open };
}

function httpsServer({ certificate, clientIssuer }: TlsSettings, onRequest: RequestListener): Server {
  const shown = (): { readonly key: string; readonly cert: string } => {
    const { key, certificate: cert } = certificate();
    return { key, cert };
  };
  // Windows asks for a client's certificate by a second handshake, which TLS 1.3 has not: servers that take them speak 1.2.
  const clients = clientIssuer === undefined ? {} : { ca: clientIssuer, requestCert: true };
  const server: HttpsServer = createHttpsServer(
    { ...shown(), ...clients, rejectUnauthorized: false, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
    onRequest,
  );
  server.prependListener('connection', () =>
    server.setSecureContext({ ...shown(), ...clients, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }),
  );
  server.on('tlsClientError', () => {});
  return server;
}
