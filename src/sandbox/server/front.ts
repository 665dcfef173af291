import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { BuildError } from '../../errors.ts';
import type { StandIn } from '../node/backing.ts';
import type { ChooseServer } from './ssh-servers.ts';

/** The port of the SSH server of a node. */
export interface Front {
  readonly port: number;
  /** Takes no more connections, and is done when those that it has are gone. */
  readonly close: () => Promise<void>;
}

/** Milliseconds between two looks at whether a fault wants the port closed. */
const lookMs = 500;

/**
 * Listens for a node: gives connections to its SSH server, or does with them what a fault wants. `port` 0 takes a free one. Throws
 * BuildError when the port is taken.
 */
export async function openFront(node: StandIn, port: number, choose: ChooseServer): Promise<Front> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    if (!misbehave(node, socket)) choose(node.faults).injectSocket(socket);
  });
  await listen(server, node, port);
  const taken = (server.address() as AddressInfo).port;
  const watch = setInterval(() => {
    const away = node.faults.isOn('ssh-away');
    if (away && server.listening) server.close();
    if (!away && !server.listening) server.listen(taken, node.address);
  }, lookMs).unref();
  return {
    port: taken,
    close() {
      clearInterval(watch);
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));
    },
  };
}

function listen(server: Server, { name, address }: StandIn, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: Error) =>
      reject(
        new BuildError(
          `${name}: no SSH server on ${address}:${port}: ${error.message}`,
          'Choose another --port or --address, or end the sandbox that has it.',
        ),
      ),
    );
    server.listen(port, address, () => {
      server.removeAllListeners('error').on('error', () => {});
      resolve();
    });
  });
}

/** What a connection meets in place of SSH; false: nothing. */
function misbehave({ faults }: StandIn, socket: Socket): boolean {
  if (faults.isOn('ssh-mute')) return true;
  if (faults.isOn('ssh-closes')) {
    socket.end();
    return true;
  }
  if (!faults.isOn('ssh-is-http')) return false;
  socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nServer: Microsoft-HTTPAPI/2.0\r\n\r\n'));
  return true;
}
