import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import ssh2, { type ServerChannel } from 'ssh2';
import { sendAtOnce, socketOf } from '../../src/sandbox/server/socket.ts';
import { clientKey, hostKey } from './servers.ts';

export interface ScriptedServer {
  readonly port: number;
  /** Cuts every connection. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

/** An SSH server that lets the test's key in and hands the channel of every program to `agent`, and the command. */
export async function scriptedServer(
  agent: (channel: ServerChannel, command: string) => void,
): Promise<ScriptedServer> {
  const allowed = ssh2.utils.parseKey(clientKey.public);
  if (allowed instanceof Error) throw allowed;
  const connections = new Set<ssh2.Connection>();
  const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (connection) => {
    connections.add(connection);
    sendAtOnce(connection);
    connection.on('authentication', (context) => context.accept());
    connection.on('session', (accept) =>
      accept().on('exec', (take, _, { command }) => agent(take(), command)),
    );
    connection.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const cut = (): void => {
    for (const connection of connections) socketOf(connection).destroy();
  };
  return {
    port,
    cut,
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export const hello = '{"hello":1,"agent":"1","powershell":"5.1","pid":1,"platform":"windows"}\n';

/** Calls back with every request after the source line. */
export function onRequest(
  channel: Pick<Duplex, 'on'>,
  answer: (request: { id: number; call: string }) => void,
): void {
  let rest = '';
  let started = false;
  channel.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (started) answer(JSON.parse(line));
      started = true;
    }
  });
}
