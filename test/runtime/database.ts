import { join } from 'node:path';
import { startMariaDb } from '../../src/sandbox/services/mariadb.ts';
import type { RunningProgram } from '../../src/sandbox/services/program.ts';
import type { GlanceNode } from './node.ts';

/** The database of a node once it was started again. */
const restarted = new WeakMap<GlanceNode, RunningProgram>();

/** Nobody listens at the port of the database while `work` is done. */
export async function withoutDatabase(node: GlanceNode, work: () => Promise<void>): Promise<void> {
  const { mariadb, programs } = node.services;
  if (!mariadb) throw new Error('there is no database');
  const running = restarted.get(node) ?? programs.find(({ pid }) => pid === mariadb.pid);
  await running?.stop();
  try {
    await work();
  } finally {
    const { program } = await startMariaDb(join(node.folder, 'services', 'mariadb'), mariadb.password);
    restarted.set(node, program);
  }
}

/** The database accepts connections and says nothing while `work` is done. */
export async function withSilentDatabase(node: GlanceNode, work: () => Promise<void>): Promise<void> {
  const pid = (restarted.get(node) ?? node.services.mariadb)?.pid;
  if (pid === undefined) throw new Error('there is no database');
  process.kill(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** Ends a database that was started again; the first one ends with the node. */
export async function endDatabase(node: GlanceNode | undefined): Promise<void> {
  if (node) await restarted.get(node)?.stop();
}
