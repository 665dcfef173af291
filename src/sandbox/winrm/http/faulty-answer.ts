import type { ServerResponse } from 'node:http';
import type { WinRmFaults } from '../service/faults.ts';
import type { Answer } from './answer.ts';

/** What is answered to every message while something is wrong before the service itself is asked. */
export function faultyAnswer({ html, emptyError }: WinRmFaults): Answer | undefined {
  if (html) return page(html);
  return emptyError ? { status: 500 } : undefined;
}

/** As a proxy has it that stands between. */
function page({ status, headers }: NonNullable<WinRmFaults['html']>): Answer {
  const text = `<html><head><title>Notice</title></head><body>\n<h1>Status ${status}</h1>\n<p>The proxy answers in place of the server.\n</body></html>\n`;
  return {
    status,
    headers: { 'Content-Type': 'text/html', Via: '1.1 proxy.example.org', ...headers },
    body: Buffer.from(text),
  };
}

/** An answer that says no length and has no end, as fast as it is read; done when the connection is gone. */
export function flood(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/soap+xml;charset=UTF-8' });
  const block = Buffer.alloc(64 * 1024, '<s:Envelope>');
  const more = (): void => {
    while (!response.destroyed && response.write(block));
  };
  response.on('drain', more);
  more();
  return new Promise((resolve) => response.once('close', () => resolve()));
}
