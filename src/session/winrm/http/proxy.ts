import type { Socket } from 'node:net';
import { SessionError } from '../../../errors.ts';
import { bounded } from '../../bounded.ts';
import { textOf } from '../../foreign-text.ts';
import { hostOf, type WinrmNode } from './settings.ts';

/** Bytes of what a proxy may say before the connection is ours. */
const maxAnswer = 8 * 1024;

/**
 * Asks the proxy at the other end of `socket` for a connection to the node (CONNECT of HTTP), as the identity of both ends belongs to
 * one connection. Throws SessionError.
 */
export async function throughProxy(socket: Socket, node: WinrmNode, ms: number): Promise<void> {
  const target = `${hostOf(node.address)}:${node.port}`;
  const failed = (why: string): SessionError =>
    new SessionError(
      node.name,
      'unreachable',
      `the proxy ${node.proxy} gives no connection to ${target}: ${why}`,
    );
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
  const answer = new Promise<string>((resolve, reject) => {
    let said = '';
    const read = (): void => {
      for (let byte = socket.read(1); byte !== null; byte = socket.read(1)) {
        said += byte.toString('latin1');
        // Not a byte more: what follows is the node's.
        if (said.endsWith('\r\n\r\n') || said.length > maxAnswer) {
          socket.off('readable', read);
          resolve(said);
          return;
        }
      }
    };
    socket.on('readable', read);
    socket.once('close', () => reject(failed('it closed the connection')));
  });
  const late = (): SessionError => failed(`nothing came from it within ${ms / 1000} s`);
  const [status = ''] = (await bounded(answer, { limit: { ms, late } })).split('\r\n');
  if (!/^HTTP\/1\.[01] 200\b/.test(status)) throw failed(textOf(status, 200) ?? 'it says nothing');
}
