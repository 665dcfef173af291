import { AgentFailure } from '../agent/failure/agent-failure.ts';
import type { StandIn } from '../node/backing.ts';
import { argumentsOf } from '../powershell/exec/command-line.ts';
import { findTask } from './stored.ts';

/** A task that was started and has not ended. */
export interface RunningTask {
  readonly node: StandIn;
  readonly name: string;
  /** Whom it runs as, by what its definition says: on this machine all is one user. */
  readonly account: string;
  readonly ending: AbortController;
}

/** Of all nodes of this process: one sandbox, or the nodes of a test. */
const running = new Set<RunningTask>();

export function runningTasks(): readonly RunningTask[] {
  return [...running];
}

export function isTaskRunning(node: StandIn, name: string): boolean {
  return find(node, name) !== undefined;
}

/**
 * Starts the program of a task. As on Windows, one that runs goes on, and whether the program could be started is not told. Throws
 * AgentFailure where there is no such task.
 */
export function startTask(node: StandIn, name: string): void {
  const task = findTask(node, name);
  if (!task) throw new AgentFailure('TaskNotFound', `there is no task ${name}`, 'ObjectNotFound');
  const [action] = task.state.actions ?? [];
  if (isTaskRunning(node, name) || action?.program === undefined) return;
  const ending = new AbortController();
  const started: RunningTask = { node, name: task.name, account: task.state.account ?? '', ending };
  running.add(started);
  const program = { file: action.program, arguments: argumentsOf(action.arguments ?? '') };
  void node.backing
    .start(program, ending.signal)
    .then(({ ended }) => ended)
    .catch(() => {})
    .finally(() => running.delete(started));
}

/** Ends what a task has started. */
export function endTask(node: StandIn, name: string): void {
  find(node, name)?.ending.abort();
}

function find({ backing }: StandIn, name: string): RunningTask | undefined {
  return runningTasks().find(
    (each) => each.node.backing === backing && each.name.toLowerCase() === name.toLowerCase(),
  );
}
