import type { ServerResponse } from 'node:http';

/** Ends the connection of a message in place of its answer: by a reset, in the middle of the headers, or of the body. */
export function cutOff(response: ServerResponse, as: 'reset' | 'headers' | 'body'): void {
  const { socket } = response;
  if (!socket || socket.destroyed) return;
  if (as === 'reset') return void ('encrypted' in socket ? socket.destroy() : socket.resetAndDestroy());
  const head = 'HTTP/1.1 200\r\nContent-Type: application/soap+xml;charset=UTF-8\r\nContent-Le';
  socket.end(as === 'headers' ? head : `${head}ngth: 4000\r\n\r\n<s:Envelope`);
}
