import type { Reference } from '../model/reference.ts';
import type { Service } from './resource.ts';

export const serviceReference: Reference<Service> = {
  about:
    'A Windows service that a package made. Its package creates and removes it. With a stamp, oriel restarts it unless it was started with exactly these files.',
  spec: {
    ensure: '`present` or `absent`',
    name: 'its name',
    status: '`Running` or `Stopped`',
    startMode: '`Auto`, `Manual` or `Disabled`',
    account:
      'its account, and the password of a user. oriel cannot read a password back and compares a salted digest in a file on the node',
    dependencies: 'services that Windows starts before it; without it they are left as they are',
    recovery: 'what Windows does when it fails; without it that is left as it is',
    timeout: 'seconds for it to start or to stop',
    stamp: 'file on the node that records the files it was started with',
    log: 'its own log on the node, read when it does not start',
  },
  observed: {
    exists: 'whether it is there',
    startMode: 'in sync',
    account: 'its account, under any of its names',
    password: 'salted digest of what was set last',
    dependencies: 'names of services',
    recovery: 'actions, and when the count begins anew',
    status: 'as Windows says it',
    startedWith: 'salted digest of the stamp',
  },
  examples: [
    {
      ensure: 'present',
      name: 'oriel-clock',
      status: 'Running',
      startMode: 'Auto',
      account: { name: 'EXAMPLE\\clock$' },
      dependencies: ['LanmanWorkstation'],
      recovery: { actions: ['restart/10000'], reset: 86400, onError: true },
      timeout: 200,
    },
    { ensure: 'absent', name: 'oriel-clock' },
  ],
};
