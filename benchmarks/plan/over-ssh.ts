import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { withSessions } from '../../src/plan/observe/connect.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { planTable } from '../../src/report/plan-table.ts';
import { openSession } from '../../src/session/open/open.ts';
import type { NodeSettings } from '../../src/site/deployment.ts';
import type { Served } from './serve.ts';
import { thingsOn } from './site.ts';

/**
 * The whole of `oriel plan` for so many stand-in nodes in another process: connections, agents, calls, the table. Both
 * processes share the machine. Prints seconds, the processor time of each, and the memory of the one that plans.
 */
async function main(count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'oriel-benchmark-'));
  const host = ssh2.utils.generateKeyPairSync('ed25519');
  const client = ssh2.utils.generateKeyPairSync('ed25519');
  const nodes = fork(join(import.meta.dirname, 'serve.ts'));
  try {
    nodes.send({ folder, count, hostKey: host.private, clientKey: client.public });
    const [{ ports, health }] = (await once(nodes, 'message')) as [Served];
    const identity = join(folder, 'id');
    const knownHosts = join(folder, 'known_hosts');
    await writeFile(identity, client.private, { mode: 0o600 });
    await writeFile(knownHosts, ports.map((port) => `[127.0.0.1]:${port} ${host.public}\n`).join(''));
    const settings = ports.map((port, index): NodeSettings => {
      const place = { name: `node-${index}`, address: '127.0.0.1', port, knownHosts, identity };
      return {
        ...place,
        via: 'ssh',
        user: 'oriel',
        roles: ['glance'],
        windowsFeatures: [],
        certificates: [],
      };
    });
    const begun = performance.now();
    const used = process.cpuUsage();
    const declared = thingsOn(count, health);
    const failures: string[] = [];
    const emit = (fact: { kind: string; message?: string }): void => {
      if (fact.kind === 'node-failed') failures.push(fact.message ?? '');
    };
    const made = await withSessions(
      settings,
      (node) => openSession(node),
      emit,
      (connections) => makePlan({ name: 'many', release: '2024.2' }, declared, connections, { emit }),
    );
    const equal = planTable(made).includes('No changes');
    const seconds = Math.round(performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(used);
    const cpuSeconds = Math.round((user + system) / 1000) / 1000;
    nodes.send({});
    const [served] = (await once(nodes, 'message')) as [NodeJS.CpuUsage];
    const nodesCpuSeconds = Math.round((served.user + served.system) / 1000) / 1000;
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    process.stdout.write(
      `${JSON.stringify({ nodes: count, steps: made.steps.length, equal, seconds, cpuSeconds, nodesCpuSeconds, megabytes, failed: failures.length, first: failures[0] })}\n`,
    );
  } finally {
    nodes.kill();
    await rm(folder, { recursive: true });
  }
}

await main(Number(process.argv[2] ?? 50));
