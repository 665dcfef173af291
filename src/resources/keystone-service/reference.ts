import type { Reference } from '../model/reference.ts';
import type { KeystoneService } from './resource.ts';

export const keystoneServiceReference: Reference<KeystoneService> = {
  about:
    'A service in the catalogue of the identity service; there is one of a type. It is asked with the administrator of the site file, and left alone without one.',
  spec: {
    ensure: '`present` or `absent`',
    type: '`image`',
    name: 'its name',
    description: 'its description',
  },
  observed: {
    exists: 'whether it is there',
    name: 'its name',
    description: 'its description',
    enabled: 'whether clients see it',
  },
  examples: [{ ensure: 'present', type: 'time', name: 'clock', description: 'Time of day' }],
};
