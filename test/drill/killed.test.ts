import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRecord } from '../../src/drill/record.ts';
import type { NodeServer } from '../../src/sandbox/server/ssh-server.ts';
import { endOf, startOriel } from '../e2e/oriel.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { startServed } from '../session/servers.ts';
import { aCluster, type TestCluster } from './cluster.ts';

// The program itself, killed by the system: nothing of it restores anything, and the cluster lives on.
const { folder, remove } = await temporaryFolder();
const site = join(folder, 'site.yaml');
const servers: NodeServer[] = [];
let cluster: TestCluster;

beforeAll(async () => {
  cluster = await aCluster(folder);
  const nodes: string[] = [];
  const own = join(folder, 'glance-1');
  await mkdir(own);
  for (const node of [...cluster.nodes, await aSimulatedNode(own)]) {
    const { server, settings } = await startServed(node, join(folder, node.name));
    servers.push(server);
    const { address, port, identity, knownHosts } = settings;
    nodes.push(
      `  ${node.name}: { address: ${address}, via: ssh, user: oriel, port: ${port}, identity: ${identity}, known_hosts: ${knownHosts}${node.name === 'glance-1' ? '' : ', roles: [storage]'} }`,
    );
  }
  const text = [
    'name: images',
    'release: "2024.2"',
    "storage: { shares: { images: { kind: sofs, path: '\\\\SOFS1.example.org\\images' } } }",
    'components: { glance: { database: { connection: "mysql+pymysql://glance@db.example.org/glance" } } }',
    'nodes:',
  ];
  await writeFile(site, [...text, ...nodes, ''].join('\n'));
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await remove();
});

const drill = (...flags: readonly string[]) => startOriel(['drill', site, '--yes', ...flags], folder);

it('a drill that is killed while a node is paused is brought back by the next run', async () => {
  const before = await cluster.state();
  const killed = drill('--scenario', 'drain');
  const ended = endOf(killed);
  const paused = async () => (await cluster.state()).nodes.some(({ state }) => state === 'Paused');
  await Promise.race([expect.poll(paused, { timeout: 60_000, interval: 20 }).toBe(true), ended]);
  killed.kill('SIGKILL');
  const { code, stdout, stderr } = await ended;
  expect(code, `${stdout}${stderr}`).toBe(-1);
  const record = join(folder, '.oriel', 'images', 'drill.json');
  expect(await readRecord(record)).toMatchObject({ scenario: 'drain', share: 'images', node: 'S2D-1' });
  expect(await cluster.state()).not.toEqual(before);

  const restored = await endOf(drill('--restore'));
  expect(restored, restored.stderr).toMatchObject({ code: 0 });
  expect(restored.stdout).toMatch(/Resume-ClusterNode -Name S2D-1[\s\S]*^drill: 1 pass$/m);
  expect(await cluster.state()).toEqual(before);
  expect(existsSync(record)).toBe(false);
}, 120_000);
