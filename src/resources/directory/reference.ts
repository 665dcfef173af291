import { belowRoot } from '../../windows-root.ts';
import type { Reference } from '../model/reference.ts';
import type { Directory } from './resource.ts';

const path = belowRoot('clock', 'log');

export const directoryReference: Reference<Directory> = {
  about:
    'A directory and its access. `absent` removes it with all its content. oriel never follows a link in its place.',
  spec: {
    ensure: '`present` or `absent`',
    path: 'path on the node',
    access:
      'accounts with their rights (`FullControl`, `Modify`, `ReadAndExecute`): exactly these, nothing inherited, owned by Administrators; without it access is left as it is',
  },
  observed: {
    exists: 'whether it is there',
    owner: 'its owner',
    inherits: 'whether entries come from above',
    access: 'one text for each entry: account, rights, and anything unusual',
  },
  examples: [
    {
      ensure: 'present',
      path,
      access: [
        { account: 'NT AUTHORITY\\SYSTEM', rights: 'FullControl' },
        { account: 'EXAMPLE\\clock$', rights: 'Modify' },
      ],
    },
    { ensure: 'absent', path },
  ],
};
