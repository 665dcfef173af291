import { belowRoot } from '../../windows-root.ts';
import type { Reference } from '../model/reference.ts';
import type { File } from './resource.ts';

const path = belowRoot('clock', 'etc', 'clock.conf');

export const fileReference: Reference<File> = {
  about:
    'A file whose content is known here. It may be secret: only salted digests of it are compared and shown, and it travels on standard input.',
  spec: {
    ensure: '`present` or `absent`',
    path: 'path on the node',
    content: 'text or secret',
    shown: 'the text with `[secret:NAME]` in place of secrets, for `plan --diff`',
    salt: 'key of the digests, known to the controller alone',
    stamps: 'stamps to remove first, because they record the old content (see `service`)',
  },
  observed: { exists: 'whether it is there', content: 'salted digest of its bytes' },
  examples: [
    { ensure: 'present', path, content: 'workers = 2\r\n', salt: 'pepper', stamps: [] },
    { ensure: 'absent', path, stamps: [] },
  ],
};
