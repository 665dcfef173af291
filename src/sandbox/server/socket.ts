import type { Socket } from 'node:net';
import type { Connection } from 'ssh2';

/** The socket below a connection, which ssh2 keeps to itself (`_sock`); its end() would wait for channels that are busy. */
export function socketOf(connection: Connection): Socket {
  return (connection as Connection & { readonly _sock: Socket })._sock;
}

/** As sshd does: else an answer waits for an acknowledgement, which the client delays by 40 ms. */
export function sendAtOnce(connection: Connection): void {
  socketOf(connection).setNoDelay(true);
}
