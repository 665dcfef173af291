import { z } from 'zod';
import type { StandIn } from '../backing.ts';
import { knownAccount } from './accounts.ts';
import { agentFunction, windowsPath } from './function.ts';

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'is no name of a task');
const settings = z.strictObject({
  name,
  program: windowsPath,
  arguments: z.string(),
  start: z.string(),
  interval: z.string().optional(),
  limit: z.string(),
  account: z.string(),
  password: z.string().optional(),
});

interface Task {
  readonly name: string;
  readonly state: object;
}

export const getScheduledTaskList = agentFunction(z.strictObject({}), async (_, { node }) => ({
  names: tasksOf(node).map((task) => task.name),
}));

export const getScheduledTaskState = agentFunction(
  z.strictObject({ name }),
  async ({ name }, { node }) => find(node, name)?.state ?? { exists: false },
);

/** Remembered; nothing starts it. The password is not kept. */
export const setDailyTask = agentFunction(settings, async (task, { node }) => {
  const { program, arguments: line, start, interval, limit } = task;
  const account = knownAccount(task.account);
  const state = {
    exists: true,
    enabled: true,
    account,
    logon: account.startsWith('NT AUTHORITY\\') ? 'ServiceAccount' : 'Password',
    limit,
    actions: [{ program, arguments: line }],
    triggers: [{ start, ...(interval !== undefined && { interval }) }],
  };
  node.backing.memory.set('scheduled-task', task.name, {
    name: find(node, task.name)?.name ?? task.name,
    state,
  });
  return null;
});

export const removeScheduledTask = agentFunction(z.strictObject({ name }), async ({ name }, { node }) => {
  const removed = find(node, name) !== undefined;
  node.backing.memory.set('scheduled-task', name, undefined);
  return { removed };
});

function tasksOf({ backing: { memory } }: StandIn): readonly Task[] {
  return memory.all('scheduled-task') as readonly Task[];
}

function find({ backing: { memory } }: StandIn, name: string): Task | undefined {
  return memory.get('scheduled-task', name) as Task | undefined;
}
