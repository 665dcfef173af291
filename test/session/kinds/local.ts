import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { Duplex, PassThrough } from 'node:stream';
import { speak } from '../../../src/sandbox/agent/speaker.ts';
import { openSession } from '../../../src/session/open/open.ts';
import type { NodeOf } from '../../../src/site/deployment.ts';
import type { Served, SessionKind } from '../contract.ts';

/** To a program beside oriel: one in place of PowerShell, which hands its streams to an agent of the test. */
export const overLocalProgram: SessionKind = {
  name: 'to a program on this machine',
  serve: (node, folder) => served((streams) => void speak(node, streams, streams), folder),
  script: (agent, folder) => served(agent, folder),
};

async function served(agent: (streams: Duplex) => void, folder: string): Promise<Served> {
  const sockets = new Set<Socket>();
  /** Bytes that the next program lets through. */
  let most = Number.POSITIVE_INFINITY;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    agent(most === Number.POSITIVE_INFINITY ? socket : cutAfter(socket, most));
    most = Number.POSITIVE_INFINITY;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const settings = await settingsFor(folder, (server.address() as AddressInfo).port);
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    open: (options) => openSession(settings, options),
    openCutAfter(bytes) {
      most = bytes;
      return openSession(settings);
    },
    cut,
    close: async () => {
      cut();
      server.close();
    },
  };
}

/** Settings of a node whose PowerShell is a program that passes its streams on to a port of this machine. */
async function settingsFor(folder: string, port: number): Promise<NodeOf<'local'>> {
  const powershell = join(folder, `powershell-${port}`);
  const passOn = [
    `#!${process.execPath}`,
    `const socket = require('node:net').connect(${port}, '127.0.0.1');`,
    'process.stdin.pipe(socket).pipe(process.stdout);',
    "socket.on('error', () => {}).on('close', () => process.exit());",
  ];
  await writeFile(powershell, passOn.join('\n'), { mode: 0o700 });
  return {
    ...{ name: 'glance-1', via: 'local', address: '127.0.0.1', powershell },
    ...{ roles: ['glance'], windowsFeatures: [], certificates: [] },
  };
}

function cutAfter(socket: Socket, most: number): Duplex {
  let left = most;
  const toAgent = new PassThrough();
  socket.on('data', (chunk: Buffer) => {
    toAgent.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) socket.destroy();
  });
  socket.on('close', () => toAgent.destroy());
  const streams = Duplex.from({ writable: socket, readable: toAgent });
  for (const each of [streams, toAgent]) each.on('error', () => {});
  return streams;
}
