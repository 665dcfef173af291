import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { checksOf, loadSite } from '../../src/components/index.ts';
import { withSessions } from '../../src/plan/observe/connect.ts';
import { openSession } from '../../src/session/open/open.ts';
import type { Session } from '../../src/session/session.ts';
import { onlyChecks } from '../../src/verify/choose.ts';
import { runChecks } from '../../src/verify/run-checks.ts';
import type { Served } from '../plan/serve.ts';

/** All checks of `oriel verify` that ask a node, uploads left out. */
const patterns = ['STO-*', 'workers', 'log'];

/** The site of nodes at these ports: image services, or each second one a node of the file server. */
function siteOf(ports: readonly number[], folder: string, storage: boolean): string {
  const nodes = ports.map((port, index) => {
    const roles = storage && index % 2 === 1 ? ', roles: [storage]' : '';
    return `  node-${index}: { address: 127.0.0.1, port: ${port}${roles} }`;
  });
  const made = storage
    ? ", folder: 'C:\\ClusterStorage\\Volume1\\images', manage: true, access: [EXAMPLE\\glance$]"
    : '';
  return `name: many
release: "2024.2"
secrets: [{ env: ORIEL_ }]
storage: { shares: { images: { kind: sofs, path: '\\\\SOFS1\\images'${made} } } }
components:
  glance:
    database: { connection: 'mysql+pymysql://glance@127.0.0.1/glance', password: { secret: database_password } }
    stores: { images: { share: images, default: true } }
nodes:
  defaults: { via: ssh, user: oriel, identity: ${join(folder, 'id')}, known_hosts: ${join(folder, 'known_hosts')} }
${nodes.join('\n')}
`;
}

/**
 * `oriel verify` of so many stand-in nodes in another process, as far as it asks nodes. Both processes share the machine. Prints
 * seconds, the processor time of each, and how many calls a node got.
 */
async function main(count: number, storage: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'oriel-benchmark-'));
  const host = ssh2.utils.generateKeyPairSync('ed25519');
  const client = ssh2.utils.generateKeyPairSync('ed25519');
  const nodes = fork(join(import.meta.dirname, '..', 'plan', 'serve.ts'));
  try {
    nodes.send({ folder, count, hostKey: host.private, clientKey: client.public });
    const [{ ports }] = (await once(nodes, 'message')) as [Served];
    await writeFile(join(folder, 'id'), client.private, { mode: 0o600 });
    await writeFile(
      join(folder, 'known_hosts'),
      ports.map((port) => `[127.0.0.1]:${port} ${host.public}\n`).join(''),
    );
    const site = join(folder, 'site.yaml');
    await writeFile(site, siteOf(ports, folder, storage));
    const deployment = await loadSite(site, { secrets: 'placeholder' });
    let calls = 0;
    const open = async (node: (typeof deployment.nodes)[number]): Promise<Session> => {
      const session = await openSession(node);
      const call: Session['call'] = (...given) => {
        calls++;
        return session.call(...given);
      };
      return {
        ...session,
        kind: 'node',
        node: session.node,
        hello: session.hello,
        call,
        close: () => session.close(),
      };
    };
    const begun = performance.now();
    const used = process.cpuUsage();
    const results = await withSessions(
      deployment.nodes,
      open,
      () => {},
      (connections) =>
        runChecks(onlyChecks(checksOf(deployment, { bytes: 0 }), patterns), {
          ...{ connections, emit: () => {}, signal: new AbortController().signal },
        }),
    );
    const seconds = Math.round(performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(used);
    nodes.send({});
    const [served] = (await once(nodes, 'message')) as [NodeJS.CpuUsage];
    const rounded = (microseconds: number): number => Math.round(microseconds / 10_000) / 100;
    const told = {
      ...{ nodes: count, checks: results.length, callsOfNode: calls / count, seconds },
      ...{ cpuSeconds: rounded(user + system), nodesCpuSeconds: rounded(served.user + served.system) },
    };
    process.stdout.write(`${JSON.stringify(told)}\n`);
    if (seconds > 15 * count) process.exitCode = 1;
  } finally {
    nodes.kill();
    await rm(folder, { recursive: true });
  }
}

await main(Number(process.argv[2] ?? 2), process.argv[3] === 'storage');
