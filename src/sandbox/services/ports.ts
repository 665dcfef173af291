import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';

/**
 * Starts what listens on the port in DIRECTORY/NAME.port while that is free, else on a free one, which is kept there: sites name it,
 * so it stays. Until `start` is done no other sandbox of this machine begins with that port. Gives and throws what `start` does.
 * @param address of loopback, on which it listens
 */
export async function withPort<T>(
  directory: string,
  name: string,
  start: (port: number) => Promise<T>,
  address = '127.0.0.1',
): Promise<T> {
  const file = join(directory, `${name}.port`);
  const kept = Number(await readFile(file, 'utf8').catch(() => ''));
  const claim = kept > 0 ? await claimed(kept) : undefined;
  try {
    const isOurs = claim !== undefined && (await listen(address, kept)) === kept;
    const port = isOurs ? kept : ((await listen(address, 0)) ?? 0);
    if (!isOurs) await writeFile(file, `${port}\n`);
    return await start(port);
  } finally {
    claim?.close();
  }
}

/** Names the port to begin with, where none is kept. */
export async function proposePort(folder: string, name: string, port: number): Promise<void> {
  const file = join(folder, `${name}.port`);
  if (existsSync(file)) return;
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${port}\n`);
}

/** What holds a port for the time until something listens there; undefined: another sandbox does. The system lets go of it with this process. */
function claimed(port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((done) => {
    server.on('error', () => done(undefined));
    // A name of Linux that begins with a zero is no file and has one listener (unix(7), "abstract").
    server.listen(`\0oriel-sandbox-port-${port}`, () => done(server.unref()));
  });
}

/** Listens for a moment and gives the port; undefined: it is taken. */
async function listen(address: string, port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((done) => {
    server.on('error', () => done(undefined));
    server.listen(port, address, () => {
      const { port: given } = server.address() as AddressInfo;
      server.close(() => done(given));
    });
  });
}
