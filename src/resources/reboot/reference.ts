import { belowRoot } from '../../windows-root.ts';
import type { Reference } from '../model/reference.ts';
import type { Reboot } from './resource.ts';

export const rebootReference: Reference<Reboot> = {
  about:
    'That Windows waits for no restart: for servicing (features, updates) or a changed computer name. The node is restarted and waited for until it can be reached and says that it booted since. A mark on the node keeps it from being restarted twice for one reason: where the first restart has not helped, that is said.',
  spec: { mark: 'path of the mark', wait: 'seconds for the node to go down and come back' },
  observed: {
    pending: 'whether Windows has to be restarted',
    why: 'for what',
    booted: 'when it booted',
    boot: 'when its first process started: the same as long as it runs, however its clock is set',
    marked: 'whether a restart of ours is not over yet',
  },
  examples: [{ mark: belowRoot('restarted.txt'), wait: 1800 }],
};
