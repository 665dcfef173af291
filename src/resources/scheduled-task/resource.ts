import { reveal } from '../../secret.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import { isBuiltIn, protocolAccount } from '../accounts/account.ts';
import { commandLine } from '../accounts/command-line.ts';
import {
  desiredAccount,
  noteWork,
  observeMark,
  readAccount,
  type ServiceAccount,
} from '../accounts/service-account.ts';
import type { Resource } from '../model/resource.ts';
import type { State } from '../model/state.ts';
import { textsOf } from '../model/texts-of.ts';
import { durationOf, type Schedule, secondsIn, triggerOf, wordsOf } from './schedule.ts';

export type ScheduledTask =
  | {
      readonly ensure: 'present';
      readonly name: string;
      /** Path on the node. */
      readonly program: string;
      readonly arguments: readonly string[];
      readonly when: Schedule;
      /** Seconds, whole minutes, after which Windows ends it. */
      readonly limit: number;
      readonly account: ServiceAccount;
    }
  | {
      readonly ensure: 'absent';
      /** Of all that are ours these stay. */
      readonly except: readonly string[];
      /** Folder of the marks of their passwords (`taskMark`). */
      readonly marks: string;
    };

type TaskState = AgentResults['Get-ScheduledTaskState'];
type PresentTask = ScheduledTask & { readonly ensure: 'present' };

/** What the name of a task in a site file can be: with another one somebody put it there by hand. */
const ourName = /^[a-z][a-z0-9_-]{0,39}$/i;

/** Where the mark of the password of a task is. */
export function taskMark(folder: string, task: string): string {
  return `${folder}\\task-${task}-account.txt`;
}

/** A program that Windows starts at its time, in our folder of the Task Scheduler. `absent` takes all others away that are there. */
export const scheduledTask: Resource<ScheduledTask> = {
  kind: 'scheduled-task',
  reasons: { password: 'another password was set last' },
  desired(spec) {
    if (spec.ensure === 'absent') return { exists: false };
    const { account, when, limit } = spec;
    return {
      exists: true,
      enabled: true,
      command: commandOf(spec.program, commandLine(spec.arguments)),
      when: wordsOf(triggerOf(when)),
      limit,
      ...desiredAccount(account),
      logon: logonOf(account),
    };
  },
  observe(spec) {
    if (spec.ensure === 'absent') return [{ call: 'Get-ScheduledTaskList' }];
    return [{ call: 'Get-ScheduledTaskState', name: spec.name }, ...observeMark(spec.account)];
  },
  read(spec, [result, mark]) {
    if (spec.ensure === 'absent') {
      const { names } = result as { names: readonly string[] };
      const stay = spec.except.map((name) => name.toLowerCase());
      const tasks = names.filter((name) => ourName.test(name) && !stay.includes(name.toLowerCase())).sort();
      return { exists: tasks.length > 0, tasks };
    }
    return readTask(spec, result as TaskState, mark);
  },
  change(spec, observed) {
    if (spec.ensure === 'absent') return textsOf(observed.tasks).flatMap((name) => removal(name, spec.marks));
    const { name, program, when, limit, account } = spec;
    const call = {
      call: 'Set-DailyTask',
      ...{ name, program, arguments: commandLine(spec.arguments), ...triggerOf(when) },
      ...{ limit: durationOf(limit), account: protocolAccount(account.name) },
      ...(account.password && { password: reveal(account.password.value) }),
    };
    return [
      { do: 'call', description: `sets the task ${name}`, call },
      ...noteWork(`the task ${name}`, account),
    ];
  },
};

function readTask(spec: PresentTask, task: TaskState, mark: unknown): State {
  const { exists, enabled = null, logon = null, limit = '', actions = [], triggers = [] } = task;
  if (!exists) return { exists };
  const [action, ...otherActions] = actions;
  const [trigger, ...otherTriggers] = triggers;
  const command = action?.program !== undefined && otherActions.length === 0;
  const when = trigger?.start !== undefined && otherTriggers.length === 0;
  return {
    exists,
    enabled,
    command: command ? commandOf(action.program, action.arguments) : `${actions.length} actions`,
    when: when ? wordsOf({ ...trigger, start: trigger.start ?? '' }) : `${triggers.length} other triggers`,
    limit: secondsIn(limit) ?? limit,
    ...readAccount(spec.account, task.account, mark),
    logon,
  };
}

function commandOf(program = '', line = ''): string {
  return line === '' ? program : `${program} ${line}`;
}

/** Only who has a password to give logs on with one; managed accounts do so too, without anybody knowing it. */
function logonOf({ name }: ServiceAccount): string {
  return isBuiltIn(name) ? 'ServiceAccount' : 'Password';
}

function removal(name: string, marks: string) {
  return [
    { do: 'call', description: `removes the task ${name}`, call: { call: 'Remove-ScheduledTask', name } },
    {
      do: 'call',
      description: `forgets which password the task ${name} had`,
      call: { call: 'Remove-Path', path: taskMark(marks, name) },
    },
  ] as const;
}
