import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';
import { isTaskRunning } from '../../tasks/running.ts';
import { removeTask, type ScheduledTask, scheduledTasks } from '../../tasks/stored.ts';
import { type Cmdlet, cmdlet, texts } from '../cmdlet/cmdlet.ts';
import { isLike, isLiteral } from '../cmdlet/rows.ts';
import { hostOf } from './host.ts';

const path = '\\oriel\\';

const named = { TaskName: texts.optional(), TaskPath: texts.optional() };

export const taskCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-ScheduledTask': cmdlet(z.strictObject(named), (given, node) => {
    const running = runningRows(node, given);
    return running.length > 0
      ? running
      : targetsOf(node, 'Get-ScheduledTask', given).map((task) => rowOf(node, task));
  }),

  'Unregister-ScheduledTask': cmdlet(
    z.strictObject({ ...named, InputObject: z.union([object(), z.array(object())]).optional() }),
    ({ InputObject, ...given }, node) => {
      const names = InputObject && [InputObject].flat().map(({ TaskName }) => TaskName);
      const found = targetsOf(node, 'Unregister-ScheduledTask', names ? { TaskName: names } : given);
      for (const { name } of found) removeTask(node, name);
      return [];
    },
  ),
};

function object() {
  return z.object({ TaskName: z.string() });
}

interface Named {
  readonly TaskName?: readonly string[] | undefined;
  readonly TaskPath?: readonly string[] | undefined;
}

/** A task of Windows itself that runs, where somebody asks for it by name. */
function runningRows(node: StandIn, { TaskName = [] }: Named): readonly CmdletRow[] {
  const found = hostOf(node).running.filter((name) => TaskName.some((pattern) => isLike(name, pattern)));
  return found.map((name) => ({
    TaskName: name,
    TaskPath: '\\Microsoft\\Windows\\Data Integrity Scan\\',
    State: 'Running',
  }));
}

function targetsOf(node: StandIn, cmdlet: string, { TaskName = ['*'], TaskPath = ['*'] }: Named) {
  const here = TaskPath.some((pattern) => isLike(path, pattern)) ? scheduledTasks(node) : [];
  return TaskName.flatMap((pattern) => {
    const found = here.filter(({ name }) => isLike(name, pattern));
    if (found.length > 0 || !isLiteral(pattern)) return found;
    const message = `${cmdlet}: no MSFT_ScheduledTask objects found with property 'TaskName' equal to '${pattern}'`;
    throw new AgentFailure('CmdletizationQuery_NotFound_TaskName', message, 'ObjectNotFound');
  });
}

function rowOf(node: StandIn, { name, state }: ScheduledTask): CmdletRow {
  const { enabled, account, logon, limit, actions = [], triggers = [] } = state;
  return {
    TaskName: name,
    TaskPath: path,
    URI: `${path}${name}`,
    Author: 'oriel',
    Description: null,
    State: isTaskRunning(node, name) ? 'Running' : enabled ? 'Ready' : 'Disabled',
    Actions: actions.map(({ program, arguments: line }) => ({
      Execute: program ?? null,
      Arguments: line ?? null,
      WorkingDirectory: null,
      Id: null,
    })),
    Triggers: triggers.map(({ start, interval }) => ({
      Enabled: true,
      StartBoundary: start ?? null,
      EndBoundary: null,
      DaysInterval: 1,
      Repetition: { Interval: interval ?? null, Duration: interval === undefined ? null : 'P1D' },
    })),
    Principal: { UserId: account, LogonType: logon, RunLevel: 'Highest', GroupId: null, Id: 'Author' },
    Settings: {
      Enabled: enabled,
      ExecutionTimeLimit: limit,
      MultipleInstances: 'IgnoreNew',
      StartWhenAvailable: true,
    },
  };
}
