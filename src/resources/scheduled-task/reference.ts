import { windowsRoot } from '../../windows-root.ts';
import type { Reference } from '../model/reference.ts';
import type { ScheduledTask } from './resource.ts';

export const scheduledTaskReference: Reference<ScheduledTask> = {
  about:
    'A program that Windows starts at its time, in the folder `oriel` of the Task Scheduler. One that still runs is not started again; what a node missed while it was off is done when it is on. With `absent`, all tasks of that folder go away but those that are named, and what has a name that oriel does not give.',
  spec: {
    ensure: '`present` or `absent`',
    name: 'name of the task in the folder',
    program: 'path on the node',
    arguments: 'list of arguments',
    when: '`daily` (`03:30`, by the clock of the node) or `every` (seconds, whole minutes, from midnight on)',
    limit: 'seconds after which Windows ends it',
    account: '`name`, and `password` where it has one: known by a mark on the node, as of a service',
    except: 'of `absent`: tasks that stay',
    marks: 'of `absent`: folder of the marks of passwords',
  },
  observed: {
    exists: 'whether there is such a task; of `absent`, whether there are others',
    enabled: 'whether it is started at its time',
    command: 'program and arguments, as Windows keeps them',
    when: '`daily at 03:30` or `every 21600 s`; any other trigger differs',
    limit: 'seconds after which Windows ends it',
    account: 'its account',
    password: 'salted digest of the password that was set last',
    logon: '`ServiceAccount` for accounts of Windows itself, `Password` for others',
    tasks: 'of `absent`: the others',
  },
  examples: [
    {
      ensure: 'present',
      name: 'purge-database',
      program: 'C:\\Program Files\\oriel\\clock\\python\\python.exe',
      arguments: ['oriel_launcher.py', 'clock-manage', 'db', 'purge'],
      when: { daily: '03:30' },
      limit: 3600,
      account: { name: 'LocalSystem' },
    },
    { ensure: 'absent', except: ['purge-database'], marks: windowsRoot },
  ],
};
