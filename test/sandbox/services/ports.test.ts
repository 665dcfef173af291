import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { withPort } from '../../../src/sandbox/services/ports.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { temporaryFolder } from '../stand-ins.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

/** A folder of services that proposes a port, as each new sandbox does. */
async function proposing(name: string, port: number): Promise<string> {
  const directory = join(folder, name);
  await mkdir(directory);
  await writeFile(join(directory, 'keystone.port'), `${port}\n`);
  return directory;
}

function listening(port = 0): Promise<Server> {
  const server = createServer();
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => done(server));
  });
}

it('two that start at once have each a port of its own, and keep it', async () => {
  const port = await freePort();
  const [one, other] = [await proposing('one', port), await proposing('other', port)];
  let second = 0;
  const first = await withPort(one, 'keystone', async (given) => {
    // The first one listens on nothing yet: a look at the port finds it free.
    second = await withPort(other, 'keystone', async (taken) => taken);
    return given;
  });
  expect(first).toBe(port);
  expect(second).not.toBe(port);
  expect(Number(await readFile(join(other, 'keystone.port'), 'utf8'))).toBe(second);
  expect(await withPort(one, 'keystone', async (again) => again)).toBe(port);
});

it('a port that anything listens on is left to it', async () => {
  const server = await listening();
  const { port } = server.address() as AddressInfo;
  const directory = await proposing('late', port);
  expect(await withPort(directory, 'keystone', async (given) => given)).not.toBe(port);
  server.close();
});

it('a start that fails lets go of its port', async () => {
  const port = await freePort();
  const directory = await proposing('failed', port);
  const start = withPort(directory, 'keystone', () => Promise.reject(new Error('no')));
  await expect(start).rejects.toThrow('no');
  expect(await withPort(directory, 'keystone', async (given) => given)).toBe(port);
});
