import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What lies between a session and its node, for all its connections. */
export interface Network {
  /** Leads to a port of this machine; gives the one that a session is to take. */
  readonly to: (port: number) => Promise<number>;
  /** From now on nothing arrives at either end, and nobody is told. */
  readonly fallSilent: () => void;
  readonly close: () => void;
}

interface Quality {
  /** Milliseconds that each piece is on its way. */
  readonly delay: number;
  /** Bits a second, for each direction of each connection. */
  readonly rate: number;
}

/** Bytes that are on their way as one. */
const pieceSize = 4 * 1024;

/** A network that is slow, or, without a quality, as fast as loopback, until it falls silent. */
export function aNetwork(quality?: Quality): Network {
  const sockets: Socket[] = [];
  const servers: { close(): void }[] = [];
  let isSilent = false;
  const pass = (from: Socket, to: Socket): void => {
    let before = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      if (isSilent) return;
      if (!quality) return void to.write(chunk);
      from.pause();
      before = carried(chunk, to, quality).then(() => void from.resume());
    });
    from.on('end', () => void before.then(() => isSilent || to.end()));
    from.on('close', () => void before.then(() => isSilent || to.destroy()));
  };
  return {
    async to(port) {
      const server = createServer({ allowHalfOpen: true }, (near) => {
        const far = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
        sockets.push(near, far);
        for (const socket of [near, far]) socket.on('error', () => {});
        pass(near, far);
        pass(far, near);
      });
      servers.push(server);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    },
    fallSilent() {
      isSilent = true;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      for (const server of servers) server.close();
    },
  };
}

/** Done when all of it has left: what comes later waits, as in the buffer of a modem, and what has left arrives in its order. */
async function carried(chunk: Buffer, to: Socket, { delay, rate }: Quality): Promise<void> {
  for (let at = 0; at < chunk.length; at += pieceSize) {
    const piece = chunk.subarray(at, at + pieceSize);
    await sleep((piece.length * 8 * 1000) / rate);
    setTimeout(() => void to.write(piece), delay);
  }
}
