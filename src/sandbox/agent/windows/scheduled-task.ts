import type { AgentParameters } from '../../../session/agent-link/agent-calls.ts';
import { endTask, startTask } from '../../tasks/running.ts';
import { findTask, keepTask, removeTask, scheduledTasks, type TaskState } from '../../tasks/stored.ts';
import { knownAccount } from '../accounts/known-account.ts';
import type { AgentFunctions } from '../call/function.ts';

export const scheduledTaskFunctions = {
  'Get-ScheduledTaskList': async (_, { node }) => ({ names: scheduledTasks(node).map(({ name }) => name) }),

  'Get-ScheduledTaskState': async ({ name }, { node }) => findTask(node, name)?.state ?? { exists: false },

  // Remembered; no time starts them. A password is not kept.
  'Set-DailyTask': async ({ start, interval, ...task }, { node }) => {
    keepTask(node, task.name, stateOf(task, { start, ...(interval !== undefined && { interval }) }));
    return null;
  },

  // Of what starts a task that is not for every day nothing is told.
  'Set-StartupTask': async (task, { node }) => {
    keepTask(node, task.name, stateOf(task, {}));
    return null;
  },

  'Start-Task': async ({ name }, { node }) => {
    startTask(node, name);
    return null;
  },

  'Remove-ScheduledTask': async ({ name }, { node }) => {
    const removed = findTask(node, name) !== undefined;
    endTask(node, name);
    removeTask(node, name);
    return { removed };
  },
} satisfies Partial<AgentFunctions>;

function stateOf(
  task: Pick<AgentParameters['Set-DailyTask'], 'program' | 'arguments' | 'limit' | 'account'>,
  trigger: NonNullable<TaskState['triggers']>[number],
): TaskState {
  const account = knownAccount(task.account);
  return {
    exists: true,
    enabled: true,
    account,
    logon: account.startsWith('NT AUTHORITY\\') ? 'ServiceAccount' : 'Password',
    limit: task.limit,
    actions: [{ program: task.program, arguments: task.arguments }],
    triggers: [trigger],
  };
}
