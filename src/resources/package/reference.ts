import { belowRoot } from '../../windows-root.ts';
import type { Reference } from '../model/reference.ts';
import type { Package } from './resource.ts';

const identity = {
  name: 'oriel-clock',
  upgradeCode: '{11111111-2222-3333-4444-555555555555}',
  directory: belowRoot('packages'),
};

export const packageReference: Reference<Package> = {
  about:
    'A product of the Windows Installer, found by its upgrade code. `msiexec` runs detached: a lost link does not end it, and the next run waits for its end.',
  spec: {
    ensure: '`present` or `absent`',
    name: 'names its files on the node',
    upgradeCode: '`{GUID}` that all versions of the product share',
    productCode: '`{GUID}` of exactly this build',
    version: 'its version',
    source: 'path of the MSI on the controller',
    sha256: 'its hash, hex',
    directory: 'folder on the node for packages and logs',
    stamps: 'stamps to remove first, because they record the old build (see `service`)',
    properties: 'what the installer is told besides, `NAME=value`; never a secret',
    features: 'selectable features: whether each is desired, and the service that shows its presence',
  },
  observed: {
    exists: 'whether any product has the upgrade code',
    version: 'its version',
    productCode: 'its build',
    features: 'those that are there, where any can be seen',
    installing: 'whether an installation of it is under way',
  },
  examples: [
    {
      ...identity,
      ensure: 'present',
      productCode: '{AAAAAAAA-2222-3333-4444-555555555555}',
      version: '29.2.1',
      source: '/site/dist/oriel-clock-1.0.0.msi',
      sha256: 'ab'.repeat(32),
      stamps: [],
      properties: ['STARTSERVICES=0'],
    },
    { ...identity, ensure: 'absent' },
  ],
};
