import type { AgentResults } from '../../../session/agent-link/agent-calls.ts';
import type { StandIn } from '../../node/backing.ts';
import { knownAccount } from '../accounts/known-account.ts';
import type { AgentFunctions } from '../call/function.ts';

interface Task {
  readonly name: string;
  readonly state: AgentResults['Get-ScheduledTaskState'];
}

export const scheduledTaskFunctions = {
  'Get-ScheduledTaskList': async (_, { node }) => ({ names: tasksOf(node).map((task) => task.name) }),

  'Get-ScheduledTaskState': async ({ name }, { node }) => find(node, name)?.state ?? { exists: false },

  // Remembered; nothing starts it. The password is not kept.
  'Set-DailyTask': async (task, { node }) => {
    const { program, arguments: line, start, interval, limit } = task;
    const account = knownAccount(task.account);
    const state: Task['state'] = {
      exists: true,
      enabled: true,
      account,
      logon: account.startsWith('NT AUTHORITY\\') ? 'ServiceAccount' : 'Password',
      limit,
      actions: [{ program, arguments: line }],
      triggers: [{ start, ...(interval !== undefined && { interval }) }],
    };
    const name = find(node, task.name)?.name ?? task.name;
    node.backing.memory.set('scheduled-task', task.name, { name, state });
    return null;
  },

  'Remove-ScheduledTask': async ({ name }, { node }) => {
    const removed = find(node, name) !== undefined;
    node.backing.memory.set('scheduled-task', name, undefined);
    return { removed };
  },
} satisfies Partial<AgentFunctions>;

function tasksOf({ backing: { memory } }: StandIn): readonly Task[] {
  return memory.all('scheduled-task') as readonly Task[];
}

function find({ backing: { memory } }: StandIn, name: string): Task | undefined {
  return memory.get('scheduled-task', name) as Task | undefined;
}
