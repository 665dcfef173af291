import { EventEmitter, once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { noFaults } from '../../src/sandbox/node/faults.ts';
import { nodeFolder } from '../../src/sandbox/node/node-folder.ts';
import { healthyCluster } from '../../src/sandbox/scenario/healthy.ts';
import { serveNode } from '../../src/sandbox/server/ssh-server.ts';
import { simulatedBacking } from '../../src/sandbox/simulated/backing.ts';
import { contentOf, files, pathOf } from './site.ts';

/** What the process that plans has to know of the one that has the nodes. */
export interface Served {
  readonly ports: readonly number[];
  readonly health: number;
}

/** Serves stand-in nodes over SSH on loopback, on each of which all is as `thingsOn` wants it, until it is ended. */
async function serve(folder: string, count: number, hostKey: string, clientKey: string): Promise<Served> {
  const http = createServer((_, response) => response.end('OK')).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const ports: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const node = await aNode(folder, `node-${index}`);
    ports.push((await serveNode(node, { port: 0, hostKey, clientKey })).port);
  }
  return { ports, health: (http.address() as AddressInfo).port };
}

async function aNode(folder: string, name: string): Promise<StandIn> {
  const place = await nodeFolder(folder, name, 'simulated', []);
  const simulated = await simulatedBacking(place, {
    address: '127.0.0.1',
    glance: { missing: 'not needed' },
  });
  const running = { exists: true, status: 'Running', startMode: 'Auto' } as const;
  const backing = { ...simulated, service: async () => running };
  await mkdir(backing.hostPath('C:\\etc'), { recursive: true });
  for (let index = 0; index < files; index += 1)
    await writeFile(backing.hostPath(pathOf(index)), contentOf(index));
  const about = { name, computer: name.toUpperCase(), address: '127.0.0.1', user: 'oriel' };
  return {
    ...about,
    backing,
    shared: backing.memory,
    scenario: healthyCluster,
    faults: noFaults,
    detached: new Map(),
    power: new EventEmitter(),
  };
}

process.once('message', async ({ folder, count, hostKey, clientKey }) => {
  process.send?.(await serve(join(folder, 'nodes'), count, hostKey, clientKey));
  const used = process.cpuUsage();
  process.once('message', () => process.send?.(process.cpuUsage(used)));
});
