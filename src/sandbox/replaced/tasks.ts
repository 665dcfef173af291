import { z } from 'zod';
import { type Cmdlet, cmdlet } from '../cmdlets/cmdlet/cmdlet.ts';
import { endTask, startTask } from '../tasks/running.ts';
import { keepTask, removeTask, scheduledTasks, type TaskState } from '../tasks/stored.ts';

const task = { Name: z.string() };

/** The tasks of the folder `oriel`, each with what Get-ScheduledTaskState of the agent tells of it. */
export const taskQuestions: Readonly<Record<string, Cmdlet>> = {
  'Get-SandboxTask': cmdlet(z.strictObject({}), (_, node) =>
    scheduledTasks(node).map(({ name, state }) => ({ Name: name, State: state })),
  ),

  'Set-SandboxTask': cmdlet(
    z.strictObject({ ...task, State: z.custom<TaskState>((value) => typeof value === 'object') }),
    ({ Name, State }, node) => {
      keepTask(node, Name, State);
      return [];
    },
  ),

  'Start-SandboxTask': cmdlet(z.strictObject(task), ({ Name }, node) => {
    startTask(node, Name);
    return [];
  }),

  'Stop-SandboxTask': cmdlet(z.strictObject(task), ({ Name }, node) => {
    endTask(node, Name);
    return [];
  }),

  'Remove-SandboxTask': cmdlet(z.strictObject(task), ({ Name }, node) => {
    removeTask(node, Name);
    return [];
  }),
};
