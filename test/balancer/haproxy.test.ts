import { mkdtempSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { balancerOf } from '../../src/balancer/balancer.ts';
import type { HaproxyDrain } from '../../src/site/deployment.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { type Haproxy, noHaproxy, startHaproxy } from './haproxy.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-haproxy-'));
const { nodes } = aDeployment().withNode('glance-1').withNode('glance-2').build();
const [first, second] = nodes;
const never = new AbortController().signal;

interface Node {
  readonly server: Server;
  readonly held: ServerResponse[];
  healthy: boolean;
}

describe.skipIf(noHaproxy)('a real HAProxy', () => {
  const services = new Map<string, Node>();
  let haproxy: Haproxy;
  let drain: HaproxyDrain;

  beforeAll(async () => {
    for (const { name } of nodes) services.set(name, await aService(name));
    const addresses = [...services].map(
      ([name, { server }]) => [name, `127.0.0.1:${portOf(server)}`] as const,
    );
    haproxy = await startHaproxy(folder, Object.fromEntries(addresses));
    drain = {
      ...{ by: 'haproxy', timeout: 120, backend: 'images', server: '{node}' },
      reach: { socket: haproxy.socket },
    };
    await balancerOf(drain).undrain(aNode(first), never);
    await balancerOf(drain).undrain(aNode(second), never);
  });
  afterAll(async () => {
    await haproxy?.stop();
    for (const { server } of services.values()) server.close().closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  });

  const answers = async (): Promise<string> => {
    const texts = [];
    for (let each = 0; each < 6; each += 1) texts.push(await (await fetch(haproxy.url)).text());
    return [...new Set(texts)].sort().join(' ');
  };

  test('sends nothing new to a node that leaves, and lets what is under way end', async () => {
    const balancer = balancerOf(drain);
    expect(await answers()).toBe('glance-1 glance-2');
    const slow = [fetch(`${haproxy.url}/slow`), fetch(`${haproxy.url}/slow`)];
    await expect.poll(() => services.get('glance-1')?.held.length).toBe(1);
    const left = balancer.drain(aNode(first), never);
    await expect.poll(answers).toBe('glance-2');
    services.get('glance-1')?.held.pop()?.end('ended well');
    expect(await left).toBe(0);
    services.get('glance-2')?.held.pop()?.end('ended well');
    for (const response of slow) expect(await (await response).text()).toBe('ended well');
    expect(await balancer.isDrained(aNode(first))).toBe(true);
    await balancer.undrain(aNode(first), never);
    expect(await balancer.isDrained(aNode(first))).toBe(false);
    expect(await answers()).toBe('glance-1 glance-2');
  });

  test('says how much is under way when the time is over', async () => {
    const balancer = balancerOf({ ...drain, timeout: 1 });
    const slow = [fetch(`${haproxy.url}/slow`), fetch(`${haproxy.url}/slow`)];
    await expect.poll(() => services.get('glance-1')?.held.length).toBe(1);
    expect(await balancer.drain(aNode(first), never)).toBe(1);
    for (const { held } of services.values()) held.pop()?.end('late');
    await Promise.all(slow);
    await balancerOf(drain).undrain(aNode(first), never);
  });

  test('never takes the last one out that serves', async () => {
    const balancer = balancerOf(drain);
    await balancer.drain(aNode(first), never);
    await expect(balancer.drain(aNode(second), never)).rejects.toThrow(
      'no other server of images is up: without glance-2 nobody would serve',
    );
    expect(await answers()).toBe('glance-2');
    await balancer.undrain(aNode(first), never);
  });

  test('counts a node as back only when it is sent to again', async () => {
    const service = services.get('glance-1');
    if (!service) throw new Error('no service');
    const balancer = balancerOf({ ...drain, timeout: 2 });
    await balancer.drain(aNode(first), never);
    service.healthy = false;
    await sleep(1_500);
    expect(await balancer.isDrained(aNode(first))).toBe(true);
    await expect(balancer.undrain(aNode(first), never)).rejects.toThrow(
      /does not send to glance-1 again after 2 s: DOWN/,
    );
    service.healthy = true;
    await balancerOf(drain).undrain(aNode(first), never);
  });

  test('is reached over TCP, and through a program that stands between', async () => {
    const [host = '', port = ''] = haproxy.address.split(':');
    expect(await balancerOf({ ...drain, reach: { host, port: Number(port) } }).isDrained(aNode(first))).toBe(
      false,
    );
    const between = join(folder, 'between');
    const script = `#!/usr/bin/env node
const socket = require('node:net').connect(process.argv[2]);
process.stdin.pipe(socket).pipe(process.stdout);`;
    await writeFile(between, script);
    await chmod(between, 0o755);
    const via = balancerOf({ ...drain, reach: { via: [between, haproxy.socket] } });
    await via.drain(aNode(first), never);
    expect(await via.isDrained(aNode(first))).toBe(true);
    await via.undrain(aNode(first), never);
  });

  test('says what it has where it has no such server, and where it is not there', async () => {
    await expect(balancerOf({ ...drain, server: 'node-{node}' }).isDrained(aNode(first))).rejects.toThrow(
      'HAProxy has no server node-glance-1 in images: it has glance-1, glance-2',
    );
    const away = balancerOf({ ...drain, reach: { socket: join(folder, 'nothing.sock') } });
    await expect(away.isDrained(aNode(first))).rejects.toThrow(/HAProxy does not answer: .*ENOENT/);
  });
});

function aNode(node: (typeof nodes)[number] | undefined): (typeof nodes)[number] {
  if (!node) throw new Error('no node');
  return node;
}

async function aService(name: string): Promise<Node> {
  const held: ServerResponse[] = [];
  const node = { held, healthy: true, server: createServer() };
  node.server.on('request', (request, response) => {
    if (request.url === '/slow') held.push(response);
    else response.writeHead(request.url === '/healthcheck' && !node.healthy ? 503 : 200).end(name);
  });
  await new Promise<void>((done) => node.server.listen(0, '127.0.0.1', done));
  return node;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
