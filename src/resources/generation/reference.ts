import { belowRoot } from '../../windows-root.ts';
import type { Reference } from '../model/reference.ts';
import type { RetentionSpec } from './resource.ts';

export const generationReference: Reference<RetentionSpec> = {
  about:
    'The package and configuration of a healthy node, kept on it for a rollback, newest first. oriel removes those beyond the limit.',
  spec: {
    directory: 'folder on the node for all that is kept',
    packages: 'folder on the node for packages',
    packageName: 'name of the package there',
    generation: 'release, version, codes and hash of the package',
    files: 'the configuration files, whose content may be secret',
    key: 'the same for the same package and configuration',
    salt: 'key of the digests, known to the controller alone',
    limit: 'how many are kept',
  },
  observed: { latest: 'salted digest of the key of the newest one', kept: 'what is kept' },
  examples: [
    {
      directory: belowRoot('kept'),
      packages: belowRoot('packages'),
      packageName: 'oriel-clock',
      generation: {
        release: '2024.2',
        version: '29.2.1',
        productCode: '{AAAAAAAA-2222-3333-4444-555555555555}',
        upgradeCode: '{11111111-2222-3333-4444-555555555555}',
        sha256: 'ab'.repeat(32),
      },
      files: [{ name: 'clock.conf', content: 'workers = 2\r\n' }],
      key: 'package and digests of the files',
      salt: 'pepper',
      limit: 3,
    },
  ],
};
