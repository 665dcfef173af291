import {
  findTask,
  keepTask,
  removeTask,
  scheduledTasks,
  type TaskState,
} from '../../cmdlets/windows/tasks.ts';
import { knownAccount } from '../accounts/known-account.ts';
import type { AgentFunctions } from '../call/function.ts';

export const scheduledTaskFunctions = {
  'Get-ScheduledTaskList': async (_, { node }) => ({ names: scheduledTasks(node).map(({ name }) => name) }),

  'Get-ScheduledTaskState': async ({ name }, { node }) => findTask(node, name)?.state ?? { exists: false },

  // Remembered; nothing starts it. The password is not kept.
  'Set-DailyTask': async (task, { node }) => {
    const { program, arguments: line, start, interval, limit } = task;
    const account = knownAccount(task.account);
    const state: TaskState = {
      exists: true,
      enabled: true,
      account,
      logon: account.startsWith('NT AUTHORITY\\') ? 'ServiceAccount' : 'Password',
      limit,
      actions: [{ program, arguments: line }],
      triggers: [{ start, ...(interval !== undefined && { interval }) }],
    };
    keepTask(node, task.name, state);
    return null;
  },

  'Remove-ScheduledTask': async ({ name }, { node }) => {
    const removed = findTask(node, name) !== undefined;
    removeTask(node, name);
    return { removed };
  },
} satisfies Partial<AgentFunctions>;
