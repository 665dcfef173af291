import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { type KeyPair, makeKeyPair } from '../../src/sandbox/server/key-pair.ts';
import { type NodeServer, serveNode } from '../../src/sandbox/server/ssh-server.ts';
import type { ConnectionSettings, NodeOf } from '../../src/site/deployment.ts';

/** Settings that leave nothing to an SSH configuration. */
export type ServedSettings = NodeOf<'ssh'> &
  Required<Pick<ConnectionSettings['ssh'], 'port' | 'user' | 'knownHosts'>>;

export function aKey(): KeyPair {
  return makeKeyPair('oriel-test');
}

export const hostKey = aKey();
export const clientKey = aKey();

/** Serves a stand-in node on a free port of loopback; writes the key and known_hosts that reach it. */
export async function startServed(
  node: StandIn,
  folder: string,
): Promise<{ server: NodeServer; settings: ServedSettings }> {
  const keys = { hostKey: hostKey.private, clientKey: clientKey.public };
  const server = await serveNode(node, { port: 0, ...keys });
  return { server, settings: await settingsFor(folder, server.port, node.address) };
}

export async function settingsFor(
  folder: string,
  port: number,
  address = '127.0.0.1',
): Promise<ServedSettings> {
  const identity = join(folder, 'id_ed25519');
  const knownHosts = join(folder, 'known_hosts');
  await writeFile(identity, clientKey.private, { mode: 0o600 });
  await writeFile(knownHosts, `[${address}]:${port} ${hostKey.public}\n`);
  return {
    name: 'glance-1',
    via: 'ssh',
    address,
    port,
    user: 'oriel',
    identity,
    knownHosts,
    roles: ['glance'],
    windowsFeatures: [],
    certificates: [],
  };
}

/**
 * A cable to a server on loopback that can be pulled: what is sent then goes nowhere, and nobody is told. It is cut for both sides
 * once `most` bytes have gone to the server.
 */
export async function aCable(
  port: number,
  most = Number.POSITIVE_INFINITY,
): Promise<{ port: number; pull: () => void; close: () => void }> {
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port });
    sockets.push(near, far);
    for (const socket of [near, far]) socket.on('error', () => {});
    if (most === Number.POSITIVE_INFINITY) near.pipe(far);
    else passOn(near, far, most);
    far.pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    pull() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function passOn(near: Socket, far: Socket, most: number): void {
  let left = most;
  near.on('data', (chunk: Buffer) => {
    const part = chunk.subarray(0, left);
    left -= part.length;
    if (left > 0) far.write(part);
    else if (part.length > 0) far.end(part, () => near.destroy());
  });
}
