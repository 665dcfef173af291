import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '../fixtures/free-port.ts';
import type { Variables } from './cases.ts';

const pages: { readonly [path: string]: (response: ServerResponse) => void } = {
  '/ok': (response) => response.end('hello \u00e9'),
  '/down': (response) => response.writeHead(503).end('down'),
  '/redirect': (response) => response.writeHead(302, { location: '/ok' }).end(),
  '/big': (response) => response.end('x'.repeat(100_000)),
  '/silent': () => {},
  '/torn': (response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('half a body', () => response.destroy());
  },
};

/** A web server on 127.0.0.1 that the cases of Test-Http ask, and a port on which nothing listens. */
export async function startPages(): Promise<{ variables: Variables; close: () => Promise<void> }> {
  const server = createServer(({ url }, response) => {
    const page = pages[url ?? ''];
    if (page) page(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const httpPort = (server.address() as AddressInfo).port;
  return {
    variables: { http: `http://127.0.0.1:${httpPort}`, httpPort, closedPort: await freePort() },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
