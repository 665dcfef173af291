import type { ServerResponse } from 'node:http';

/** What is sent back: nothing where only the status says something. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Buffer;
}

export const soapType = 'application/soap+xml;charset=UTF-8';

/**
 * Bytes that are written at once. Node 20 stops reading a TLS connection while more than 16 KiB wait to be sent, and then takes the rest
 * of the next message for a mistake (HPE_PAUSED).
 */
const most = 8 * 1024;

/** Sends an answer as HTTP.sys does; done when it is sent, or the connection is gone. `clockSkew` in milliseconds. */
export async function sendAnswer(
  response: ServerResponse,
  { status, headers = {}, body = Buffer.alloc(0) }: Answer,
  clockSkew = 0,
): Promise<void> {
  const date = new Date(Date.now() + clockSkew).toUTCString();
  const all = { Server: 'Microsoft-HTTPAPI/2.0', Date: date, 'Content-Length': body.length, ...headers };
  for (const [name, value] of Object.entries(all))
    response.setHeader(name, Array.isArray(value) ? [...value] : (value as string | number));
  response.writeHead(status);
  const closed = new Promise<void>((resolve) => response.once('close', () => resolve()));
  const sent = (write: (done: () => void) => void): Promise<void> =>
    Promise.race([new Promise<void>((resolve) => write(() => resolve())), closed]);
  for (let at = 0; at < body.length && !response.destroyed; at += most)
    await sent((done) => void response.write(body.subarray(at, at + most), done));
  await sent((done) => void response.end(done));
}
