import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { StandIn } from '../node/backing.ts';

export type TaskState = AgentResults['Get-ScheduledTaskState'];

/** A task in the folder `\oriel\` of the Task Scheduler: remembered; no time starts it. */
export interface ScheduledTask {
  readonly name: string;
  readonly state: TaskState;
}

const kind = 'scheduled-task';

export function scheduledTasks({ backing: { memory } }: StandIn): readonly ScheduledTask[] {
  return memory.all(kind) as readonly ScheduledTask[];
}

export function findTask({ backing: { memory } }: StandIn, name: string): ScheduledTask | undefined {
  return memory.get(kind, name) as ScheduledTask | undefined;
}

/** Keeps a task; one that is there already keeps the case of its name. */
export function keepTask(node: StandIn, name: string, state: TaskState): void {
  node.backing.memory.set(kind, name, { name: findTask(node, name)?.name ?? name, state });
}

export function removeTask({ backing: { memory } }: StandIn, name: string): void {
  memory.set(kind, name, undefined);
}
