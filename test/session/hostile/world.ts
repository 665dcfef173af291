import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Verb } from '../../../src/commands/command-line/verb.ts';
import { apply } from '../../../src/commands/deploy/apply.ts';
import { plan as planVerb } from '../../../src/commands/deploy/plan.ts';
import { remove } from '../../../src/commands/deploy/remove.ts';
import { rollback } from '../../../src/commands/deploy/rollback.ts';
import { drift } from '../../../src/commands/inspect/drift.ts';
import { status } from '../../../src/commands/inspect/status.ts';
import { verify } from '../../../src/commands/inspect/verify.ts';
import { readUpgradeCode } from '../../../src/components/glance/declare/removal.ts';
import { serviceName, windowsPaths } from '../../../src/components/glance/facts/paths.ts';
import { exitCodeOf } from '../../../src/errors.ts';
import { describeError } from '../../../src/report/error.ts';
import { terminalSink } from '../../../src/report/terminal.ts';
import { FakeDatabase } from '../../fixtures/fake-database.ts';
import { FakeNode } from '../../fixtures/fake-node.ts';
import { clientKey, hostKey } from '../servers.ts';
import { secret } from './faults.ts';
import type { Plan } from './program.ts';
import { type NodeServer, serveFakeNode } from './server.ts';

/** Milliseconds for whatever a node is asked: a busy machine needs more than it takes to answer, and a silent node costs two of them. */
const limit = 4_000;

const verbs = { plan: planVerb, status, drift, verify, apply, rollback, remove } as const;
export type VerbName = keyof typeof verbs;

/** How a verb ended, and what it left in the terminal and in the journal. */
export interface Ended {
  readonly code: number;
  /** On standard output. */
  readonly printed: string;
  /** On standard error. */
  readonly told: string;
}

/** A site of two nodes side by side, one of which misbehaves as the plan says. */
export interface World {
  readonly folder: string;
  readonly plan: Plan;
  /** Names of the calls that the hostile node was sent. */
  readonly called: string[];
  readonly run: (verb: VerbName, ...args: readonly string[]) => Promise<Ended>;
  readonly journal: () => Promise<string>;
  /** Lets the site file say something else, so that an apply has something to change. */
  readonly change: () => Promise<void>;
  /** Ends the nodes; files stay. */
  readonly stop: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `greeting`: what the agent of the hostile node says first. */
export async function openHostileWorld(greeting?: string): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'oriel-hostile-'));
  const site = join(folder, 'site.yaml');
  const database = new FakeDatabase();
  const [healthy, victim] = [new FakeNode('healthy', database), new FakeNode('victim', database)];
  await bringPackage(folder, [healthy, victim]);
  const called: string[] = [];
  const plan: Plan = { fault: undefined, onCall: (call) => void called.push(call) };
  const servers = [
    await serveFakeNode(healthy, { fault: undefined }),
    await serveFakeNode(victim, plan, greeting),
  ];
  await writeSite(folder, servers, 2);
  const stop = async (): Promise<void> => {
    for (const server of servers.splice(0)) await server.close();
  };
  return {
    folder,
    plan,
    called,
    run: (verb, ...args) => runIn(verb, [site, ...args]),
    journal: () => readFile(join(folder, '.oriel', 'hostile', 'journal.jsonl'), 'utf8').catch(() => ''),
    change: () => writeSite(folder, servers, 3),
    stop,
    async close() {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Something in the place of the package; what it installs the nodes know. */
async function bringPackage(folder: string, nodes: readonly FakeNode[]): Promise<void> {
  const content = 'a package';
  const sha256 = createHash('sha256').update(content).digest('hex');
  const upgradeCode = await readUpgradeCode();
  const productCode = '{11111111-1111-1111-1111-111111111111}';
  const identity = { version: '29.2.1', productCode, upgradeCode };
  const built = {
    ...{ ...identity, name: 'oriel-glance-29.2.1.msi', sha256, bytes: content.length, origin: 'made' },
    ...{ productName: 'Oriel Glance', files: 0, inputs: '' },
  };
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist', 'oriel-glance-29.2.1.msi'), content);
  await writeFile(join(folder, 'dist', 'oriel-glance-29.2.1.json'), JSON.stringify(built));
  for (const node of nodes) {
    node.packages.set(sha256, { ...identity, service: serviceName });
    node.reads = [`${windowsPaths.config}\\glance-api.conf`];
  }
}

async function writeSite(folder: string, servers: readonly NodeServer[], workers: number): Promise<void> {
  const [healthy = 0, victim = 0] = servers.map(({ port }) => port);
  await writeFile(join(folder, 'id_ed25519'), clientKey.private);
  await chmod(join(folder, 'id_ed25519'), 0o600);
  const known = [healthy, victim].map((port) => `[127.0.0.1]:${port} ${hostKey.public}\n`);
  await writeFile(join(folder, 'known_hosts'), known.join(''));
  await writeFile(
    join(folder, 'site.yaml'),
    `name: hostile
release: "2024.2"
secrets: [{ command: [echo, "${secret}"] }]
storage: { shares: { images: { kind: smb, path: \\\\files.example.org\\images } } }
components:
  glance:
    workers: ${workers}
    bind: { port: 9 }
    database: { connection: "mysql+pymysql://glance@db.example.org/glance", password: { secret: db } }
    stores: { images: { share: images, default: true } }
    tasks: { purge: { run: [glance-manage, db, purge], daily: "03:30" } }
nodes:
  defaults: { via: ssh, user: oriel, identity: id_ed25519, known_hosts: known_hosts }
  healthy: { address: 127.0.0.1, port: ${healthy} }
  victim: { address: 127.0.0.1, port: ${victim} }
rollout: { serial: 2, canary: false, max_failures: 1, settle: 0s }
`,
  );
}

/** Runs a verb as cli.ts does, with short limits for the sessions. */
export async function runIn(name: VerbName, argv: readonly string[]): Promise<Ended> {
  const program = new Command('oriel').exitOverride().configureOutput({ writeErr: () => {} });
  const printed: string[] = [];
  const told: string[] = [];
  const sink = terminalSink({ write: (text) => told.push(text) });
  const sessions = { timeout: 60_000, channel: limit, hello: limit, idle: limit, callLimit: () => limit };
  let code = 0;
  const verb: Verb = verbs[name];
  verb(program, async (action) => {
    code = await action({
      print: (text) => void printed.push(text),
      emit: sink.emit,
      interactive: false,
      sessions,
    });
  });
  try {
    await program.parseAsync([name, ...argv], { from: 'user' });
  } catch (error) {
    told.push(describeError(error, { debug: false }));
    code = exitCodeOf(error);
  }
  return { code, printed: printed.join('\n'), told: told.join('') };
}
