import { connect } from 'node:net';
import { resolve } from 'node:path';
import { isRunning } from '../node/processes.ts';
import { readSandboxState, type SandboxState } from './state.ts';

export interface SandboxStatus {
  /** Absent: there is none. */
  readonly state?: SandboxState;
  /** The supervisor runs and every node answers as an SSH server. */
  readonly healthy: boolean;
  readonly answering: readonly string[];
}

/** Looks at a sandbox without changing it. */
export async function sandboxStatus(directory: string): Promise<SandboxStatus> {
  const state = await readSandboxState(resolve(directory));
  if (!state) return { healthy: false, answering: [] };
  const answers = await Promise.all(
    state.nodes.map(async (node) => ((await greets(node.address, node.port)) ? [node.name] : [])),
  );
  const answering = answers.flat();
  const healthy =
    isRunning(state.supervisor) && state.phase === 'up' && answering.length === state.nodes.length;
  return { state, healthy, answering };
}

/** Whether anything listens there. */
export function isTaken(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Milliseconds of silence after which a server that is there counts as dead: a busy one is slow. One that is not there says so at once. */
const silenceMs = 30_000;

/** An SSH server speaks first (RFC 4253, section 4.2). */
function greets(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: silenceMs });
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (data) => done(data.toString('latin1').startsWith('SSH-2.0-')));
    socket.once('timeout', () => done(false));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
  });
}
