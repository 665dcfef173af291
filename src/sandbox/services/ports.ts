import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';

/** The port in DIRECTORY/NAME.port while it is free, else a free one, which is kept there: sites name it, so it stays. */
export async function keptPort(directory: string, name: string): Promise<number> {
  const file = join(directory, `${name}.port`);
  const kept = Number(await readFile(file, 'utf8').catch(() => ''));
  if (kept > 0 && (await listen(kept)) === kept) return kept;
  const port = await listen(0);
  await writeFile(file, `${port}\n`);
  return port ?? 0;
}

/** Listens on 127.0.0.1 for a moment and gives the port; undefined: it is taken. */
async function listen(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((done) => {
    server.on('error', () => done(undefined));
    server.listen(port, '127.0.0.1', () => {
      const { port: given } = server.address() as AddressInfo;
      server.close(() => done(given));
    });
  });
}
